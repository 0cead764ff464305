import type { PhrasingContent } from 'mdast'
import { markdownOf, plainText, rawText, splitAt, trimmed } from '../inline.ts'
import { withoutFullStop } from '../wording.ts'
import { whatIs } from './definitionFact.ts'
import { cutAt, explained, isBalanced, type Statement } from './statement.ts'

const STANDS_FOR = /^(\S+(?: \S+)?)\s+(?:stands for|is short for|is the short form of|=)\s+(?=\p{L})/u
const POINTER = /^(?:it|this|that|which|what|they|these|the|a|an)\b/i
const FORMULA = /[=+*/^<>|{}]/
const MOST_CHARACTERS = 120
const FEWEST_WORDS = 3

/**
 * Reads "KaaS stands for Kubernetes as a Service", "AKS = Azure Kubernetes Service" and "worker = a machine
 * that …". Formulas and settings ("x = 3", "port = 80") are none.
 *
 * @param nodes the sentence and what follows it
 */
export function standsFor(
  nodes: readonly PhrasingContent[],
  sentence: readonly PhrasingContent[],
): Statement | null {
  const match = STANDS_FOR.exec(rawText(sentence))
  const [opening = '', name = ''] = match ?? []
  const term = cutAt(sentence, name.length)
  if (match === null || term === null || FORMULA.test(name) || POINTER.test(name)) return null
  const [, meaning] = splitAt(sentence, opening.length)
  const said = withoutFullStop(plainText(meaning))
  if (said.length > MOST_CHARACTERS || /[?:]$/.test(said) || !isBalanced(said)) return null
  const isEquation = opening.trimEnd().endsWith('=')
  const isShort = isInitials(name, said)
  if (isEquation && !isShort && (FORMULA.test(said) || said.split(/\s+/).length < FEWEST_WORDS)) return null
  if (!isEquation && !isShort && !/\p{Lu}.*\p{Lu}|^\S{1,4}$/u.test(name)) return null
  const isSpelledOut = isShort || !isEquation
  return {
    term,
    aliases: [],
    meaning: trimmed(splitAt(explained(nodes, sentence), opening.length)[1]),
    ask: isSpelledOut ? 'What does {term} stand for?' : `${whatIs(name, said)} {term}?`,
    askBack: isSpelledOut ? 'What is the short form of “{meaning}”?' : 'What is this called: {answer}?',
    values: { meaning: withoutFullStop(markdownOf(meaning)) },
  }
}

/** "KaaS" for "Kubernetes as a Service": each letter begins a word, in this order. */
function isInitials(term: string, said: string): boolean {
  const letters = term.replace(/[^\p{L}]/gu, '').toLowerCase()
  if (letters.length < 2 || letters.length > 8 || !/\p{Lu}/u.test(term)) return false
  let found = 0
  for (const word of said.toLowerCase().split(/[\s-]+/)) if (word[0] === letters[found]) found++
  return found === letters.length
}
