import { tidy } from './groups.ts'

/** "From azure.microsoft.com," or "From : aws.amazon.com": where the words that follow come from. */
const SOURCE = /\bFrom\s*:?\s*(?:https?:\/\/)?(?:[\w-]+\.)+[a-z]{2,}(?:\s+blog)?\s*[,:]?\s*(?=["“]|$)/
/** A pronoun with a capital, in the middle of a sentence: a line of its own that lost its line end. */
const LOST_LINE_END =
  /(?<=[a-z)"”])\s+(?=(?:They|It|These|This|We|You|There)\s+(?:are|is|can|will|have|has|was|were)\b)/
/** A sentence that says what something is stands best by itself. */
const DEFINING =
  /(?<=[.!?][”"’)]?)\s+(?!(?:It|This|That|They|These|Those|There|Here|What|Which|Who|We|You|One)\b)(?=(?:(?:An?|The)\s+)?(?:\p{L}[\w-]*\s+){0,3}\p{L}[\w-]*(?:\s+\([^()]+\))?\s+(?:is|are)\s+(?:an?|the|one of)\s)/u

/**
 * Parts the text of a paragraph where a plain-text export joined what stood apart: before the words of a
 * source, at a line end that got lost, and before a sentence that defines something. What only names a source
 * is left out, and so are quotation marks around the whole.
 */
export function paragraphsIn(text: string): string[] {
  return text
    .split(SOURCE)
    .flatMap((part) => part.split(LOST_LINE_END))
    .flatMap((part) => part.split(DEFINING))
    .map((part) => unquoted(part.trim()))
    .filter((part) => tidy(part) !== '' && !/^From [^.!?]{2,40}[:,]$/.test(part))
}

function unquoted(text: string): string {
  const inside = /^["“]([^"“”]*)["”]?$/.exec(text)?.[1] ?? text
  // A quotation over several paragraphs opens in one and closes in another.
  const marks = (inside.match(/["“”]/g) ?? []).length
  return marks === 1 ? inside.replace(/^["“]|["”]$/, '') : inside
}
