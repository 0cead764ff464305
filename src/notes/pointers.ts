import { comparable } from './compare.ts'

/** "What are these?", "What does it do?": but "What is this called: …" says what it means. */
const POINTS_AT_NOTHING =
  /^(?:and |so |but )?(?:what|which|who|where|when|why|how)(?: \w+)? (?:is|are|was|were|does|do|did|can|has|have) (?:it|this|these|that|those|they|he|she)\b(?! notes\b)(?!.*:)/
/** "Why is it easy to …?", "What is it called when …?": here "it" stands for what follows. */
const IT_FOLLOWS = /\bit\b.* (?:to|when|that|if|for)\b/
const OPENS_WITH_POINTER =
  /^(?:it|this|these|those|they|he|she|there|here)(?:'s)? (?:is|are|was|were|has|have|had|does|do|can|will|must|may|should|also)\b/
const POINTS_AT_PAGE =
  /\b(?:the|see|as|mentioned|shown|described|listed) (?:above|below)\b|\b(?:see|example) (?:above|below)\b|\bthe (?:previous|preceding|next) (?:section|chapter|paragraph|table|list|example)\b/
const POINTS_AT_CHOICES = /\b(?:of|among) (?:these|those|the following)\b/

/**
 * The words of a question that only make sense to someone who sees the notes around it.
 *
 * @param hasChoices "which of these" may point at the choices
 * @returns null when there are none
 */
export function pointerIn(prompt: string, hasChoices: boolean): string | null {
  const text = comparable(prompt.replace(/`[^`]*`/g, '`x`'))
  const open = POINTS_AT_NOTHING.exec(text)
  if (open !== null && !IT_FOLLOWS.test(text)) return open[0]
  const found = OPENS_WITH_POINTER.exec(text) ?? POINTS_AT_PAGE.exec(text)
  if (found !== null) return found[0]
  return hasChoices ? null : (POINTS_AT_CHOICES.exec(text)?.[0] ?? null)
}
