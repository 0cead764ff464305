import { type Saying, sayingOf } from './saying.ts'

const TERM_WORDS = 4
const NO_TERM =
  /[?:;,]|\bvs\.?\b|^(?:why|how|what|when|where|which|who|using|working|getting|about|more|other)\b/i
const AUXILIARY =
  /\b(?:is|are|was|were|be|has|have|had|can|could|will|would|should|may|might|must|do|does|did)\b/i
const VERB = new RegExp(`${AUXILIARY.source}|\\b(?:makes?|gives?|needs?|lets?)\\b`, 'i')
const ADVERB = /ly$|^(?:all|also|both|each|just|often|only|still|then)$/
const FEWEST_CHARACTERS = 20

/**
 * Reads the first sentence under a heading as what the heading means, where the sentence leaves out its subject:
 * "Velocity", then "Speed of deployment of new features", or "Containers", then "They are instances of images".
 *
 * @returns null when the sentence has a subject of its own, or the heading is no term
 */
export function headingTerm(heading: string, text: string): Saying | null {
  const term = heading.replace(/\s*\([^()]*\)$/, '').trim()
  if (term === '' || term.split(' ').length > TERM_WORDS || NO_TERM.test(term)) return null
  const [sentence = ''] = text.split(/(?<=[.!?])\s/)
  if (sentence.length < FEWEST_CHARACTERS || sentence.endsWith(':') || sentence.endsWith('?')) return null
  const said = /^(?:They are|These are|It is|This is)\s+(?=\S+\s+\S+\s+\S)(.+)$/s.exec(text)?.[1]
  if (said !== undefined) return isVague(said) ? null : { term, meaning: said, ask: null, askBack: null }
  const done = /^(?:They ([a-z]+)|It ([a-z]+s))\s/.exec(text)
  const verb = done?.[1] ?? done?.[2]
  if (verb !== undefined && !ADVERB.test(verb) && !AUXILIARY.test(verb)) {
    return sayingOf(term, text.replace(/^\S+\s+/, ''), done?.[1] !== undefined)
  }
  if (!isFragment(sentence, term)) return null
  const askBack = /^Where\s/.test(text) ? 'What is the name of the place {answer}?' : null
  return { term, meaning: text, ask: null, askBack }
}

/** What is said of a thing without saying what it is. */
function isVague(said: string): boolean {
  return /^(?:so|very|also|not|only|just|easy|hard|important|good|bad|why|how|because|what|when|you|we|called|the (?:same|only|most|best|first))\b/i.test(
    said,
  )
}

/** "A tool for backups", "Speed of deployment", "Where values are kept": a noun and what belongs to it, no verb. */
function isFragment(sentence: string, term: string): boolean {
  if (/^Where\s/.test(sentence)) return true
  const [head = ''] = sentence.split(/\b(?:that|which|who|where|when|while)\b/)
  const opens =
    /^(?:An?\s+(?:[\w-]+\s+){1,4}?(?:that|which|who|for|of|to|used|where|in|with)\b|\p{Lu}\p{Ll}+ (?:of|for)\s)/u
  const last = term.split(' ').at(-1)?.toLowerCase() ?? ''
  return (
    opens.test(sentence) && !VERB.test(head) && !head.toLowerCase().split(/\s+/).slice(0, 3).includes(last)
  )
}
