import type { PhrasingContent } from 'mdast'
import { containsWords } from '../compare.ts'
import { plainText, rawText, splitAt, trimmed } from '../inline.ts'
import type { Section } from '../tree.ts'
import type { Scope } from './rule.ts'
import { cutAt, explained, isBalanced, type Statement } from './statement.ts'
import { isMain, namesItself, subjectOf } from './subject.ts'

const IS =
  /^(.{2,80}?)\s+(is|are|was|were)\s+(?:(?:basically|essentially|simply|really|usually|typically)\s+)?(?=(?:an?|the|one of the)\s)/
/** What is said of a thing without saying what it is. */
const OPINION =
  /^(?:an?|the|one of the)\s+(?:(?:very|really|pretty|quite|most|more|so|too|main)\s+)?(?:good|bad|great|nice|best|worst|better|worse|terrible|awful|pain|mess|must|joke|favou?rite|lot|bit|few|couple|shame|matter|problem|challenge|reason|way to go|key|same|other|only|case|point|question|big|huge|hard|easy|important|interesting|perfect|fantastic|amazing|cool|wonderful|beautiful|nightmare|disaster|waste|fact|truth|result|exception|idea|first step|next|last|right|wrong|real|more|less)\b/i
/** Words that need the sentences around them, or the person who wrote them. */
const NEEDS_CONTEXT =
  /\b(?:this|these|those|above|below|here|former|latter|previous|aforementioned|I|my|me|we|our|us|today|now|currently)\b/
/** "… that provides two things": which ones, the list below says. */
const UNFINISHED =
  /\b(?:two|three|four|five|six|several|some|many|various|different|following|\d+) [\p{L}-]+\.?$/iu
/** A second statement, on something else, is tied on. */
const TWO_STATEMENTS =
  /[,;] (?:and|but|while|whereas) (?:\S+ ){1,3}?(?:is|are|was|were|has|have|can|should)\b/
/** Words that look back at the sentences before. */
const LOOKS_BACK = /\b(?:they|them|their|also|other|another|such|too|then|it)\b/i
const FEWEST_CHARACTERS = 20
const MOST_CHARACTERS = 250
const WORDS_FOR_BACK = 5

/**
 * Reads "A service mesh is a layer that …".
 *
 * @param nodes the sentence and what follows it
 * @param isFirst the sentence begins its paragraph; a later one has to speak of what the heading names
 * @returns null for sentences of another form, opinions, and what cannot be understood by itself
 */
export function isA(
  nodes: readonly PhrasingContent[],
  sentence: readonly PhrasingContent[],
  isFirst: boolean,
  section: Section,
  scope: Scope,
): Statement | null {
  const text = rawText(sentence).replace(/\s/g, ' ')
  const [, before = '', verb = ''] = IS.exec(text) ?? []
  const cut = cutAt(sentence, before.length)
  if (before === '' || cut === null || /[?:]\s*$/.test(text)) return null
  const { nodes: subject, aliases, where } = parted(cut)
  const named = subjectOf(subject)
  if (!namesItself(named, section, scope)) return null

  const start = before.length + (/^\s+\S+\s+/.exec(text.slice(before.length))?.[0].length ?? 0)
  const said = plainText(splitAt(sentence, start)[1])
  if (said.length < FEWEST_CHARACTERS || said.length > MOST_CHARACTERS || !isBalanced(said)) return null
  if (OPINION.test(said.replace(/^\w+ly /, '')) || NEEDS_CONTEXT.test(said)) return null
  if (UNFINISHED.test(said) || TWO_STATEMENTS.test(said)) return null
  if (!isFirst && (LOOKS_BACK.test(said) || !isMain(named, section, scope))) return null

  const article = articleOf(subject)
  const term = unwrapped(splitAt(subject, article.length)[1])
  return {
    term,
    aliases,
    meaning: trimmed(splitAt(explained(nodes, sentence), start)[1]),
    ask: `What ${verb} ${article.toLowerCase()}{term}{where}?`,
    askBack: 'What is this called: {answer}?',
    values: { where },
    noBack:
      said.split(/\s+/).length < WORDS_FOR_BACK ||
      verb.startsWith('w') ||
      containsWords(said, plainText(term)),
  }
}

/** A subject without the other names behind it and without the place where it holds. */
function parted(nodes: readonly PhrasingContent[]): {
  nodes: PhrasingContent[]
  aliases: string[]
  where: string
} {
  const text = rawText(nodes)
  const alias =
    /\s+\(([^()]{2,40})\)\s*$/.exec(text) ??
    /,\s+(?:or|also (?:called|known as)|aka|a\.k\.a\.)\s+([^,]{2,40}),?\s*$/.exec(text)
  const named = alias === null ? text : text.slice(0, alias.index)
  const where = /\s+in (?:\p{Lu}\S*|`[^`]+`)$/u.exec(named)
  const other = alias?.[1]?.replace(/^(?:or|aka|also|short for|short:|called)\s+/i, '')
  return {
    nodes: trimmed(splitAt(nodes, where?.index ?? named.length)[0]),
    aliases:
      other === undefined || /^(?:this|that|the|in|see|e\.g|for|which|from)\b/i.test(other) ? [] : [other],
    where: where?.[0] ?? '',
  }
}

function articleOf(nodes: readonly PhrasingContent[]): string {
  return /^(?:the|an?)\s+/i.exec(rawText(nodes))?.[0] ?? ''
}

/** A term that is bold or emphasised as a whole is the term without that. */
function unwrapped(nodes: readonly PhrasingContent[]): readonly PhrasingContent[] {
  const [only] = nodes
  const isWrapped = nodes.length === 1 && (only?.type === 'strong' || only?.type === 'emphasis')
  return isWrapped ? unwrapped(only.children) : nodes
}
