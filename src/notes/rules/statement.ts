import type { PhrasingContent } from 'mdast'
import { rawText, splitAt } from '../inline.ts'
import { firstSentence } from '../sentences.ts'
import type { Definition } from './definitionFact.ts'

/** How a sentence that defines something is asked. */
export type Statement = Pick<Definition, 'term' | 'aliases' | 'meaning' | 'ask' | 'askBack'> & {
  readonly values?: Readonly<Record<string, string>>
  /** Too little is said to recognise the term by. */
  readonly noBack?: boolean
}

/** What of the text behind a sentence goes into its explanation, in characters. */
const EXPLAINED_CHARACTERS = 200

/** A sentence with those behind it that go on about the same: "It …", "They …". */
export function explained(
  nodes: readonly PhrasingContent[],
  sentence: readonly PhrasingContent[],
): readonly PhrasingContent[] {
  const whole = rawText(nodes)
  let length = 0
  let end = whole.indexOf(rawText(sentence)) + rawText(sentence).length
  for (let rest = firstSentence(nodes)[1]; rest.length > 0; ) {
    const [next, after] = firstSentence(rest)
    const text = rawText(next)
    length += text.length
    if (!/^(?:it|they|its|their)\b/i.test(text) || text.endsWith(':') || length > EXPLAINED_CHARACTERS) break
    end = whole.indexOf(text, end) + text.length
    rest = after
  }
  return splitAt(nodes, end)[0]
}

/** A quotation or bracket that stays open shows that the sentence was cut in its middle. */
export function isBalanced(text: string): boolean {
  const count = (pattern: RegExp): number => (text.match(pattern) ?? []).length
  return count(/[(]/g) === count(/[)]/g) && count(/“/g) === count(/”/g) && count(/"/g) % 2 === 0
}

/** The first characters of inline content; null when the cut would fall inside bold text, code or a link. */
export function cutAt(nodes: readonly PhrasingContent[], offset: number): PhrasingContent[] | null {
  const [before] = splitAt(nodes, offset)
  return rawText(before).length === offset ? before : null
}
