/** ZERO WIDTH SPACE: parts marks that would run together. Only where no backslash can do it. */
export const BREAK = '\u200b'

/**
 * Everything that begins or ends a mark wherever it stands: emphasis, strikethrough, spoilers, code, masked links,
 * and all that is written in angle brackets (mentions, custom emoji, timestamps, commands).
 */
const MARKS = /[\\*_~|`[<]/g

/**
 * Emoji by name (`:tada:`), and addresses, which become links by themselves. Two colons without a space between are
 * tried as an emoji even where marks stand between them, which then show.
 */
const COLONS = /:(?!\s)/g

/** Discord shows an invitation below the message even without "https://". */
const INVITATION_DOTS = /(?<=discord(?:app)?)\.(?=[a-z])/gi

/** Would be shown as a mention, though `allowed_mentions` keeps it from calling anybody. */
const EVERYONE = /@(?=everyone|here)/g

/** A heading, a quote, a list or small text: all of them only at the beginning of a line. */
const LINE_START = /^([\s\u200b]*)([#>+-])/

/** A numbered list. */
const NUMBER_AT_LINE_START = /^([\s\u200b]*\d+)([.)])/

/**
 * Writes text so that Discord shows it as it is.
 *
 * @param text one line, already harmless
 * @param isLineStart whether nothing stands before it in its line, apart from marks
 */
export function escapeText(text: string, isLineStart = true): string {
  const escaped = text
    .replace(MARKS, '\\$&')
    .replace(COLONS, '\\:')
    .replace(INVITATION_DOTS, '\\.')
    .replace(EVERYONE, '\\@')
  return isLineStart ? escaped.replace(LINE_START, '$1\\$2').replace(NUMBER_AT_LINE_START, '$1\\$2') : escaped
}

/**
 * Writes code within a line. Discord ends it at as many backticks as it began with, one or two, since three begin a
 * block. Code that holds both is the only one that has to be changed: its backticks are parted.
 *
 * @param text one line, already harmless, not empty
 */
export function inlineCode(text: string): string {
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length)
  if (!runs.includes(1)) return fenced(text, '`')
  if (!runs.includes(2)) return fenced(text, '``')
  return fenced(text.replace(/`(?=`)/g, `\`${BREAK}`), '``')
}

/** Discord takes one space away beside a backtick at either end. */
function fenced(text: string, fence: string): string {
  const before = /^ *`/.test(text) ? ' ' : ''
  const after = /` *$/.test(text) ? ' ' : ''
  return `${fence}${before}${text}${after}${fence}`
}

const FENCE = '```'

/**
 * Writes code as a block. Three backticks in it, which would end it, are parted.
 *
 * @param text lines, already harmless
 */
export function codeBlock(text: string): string {
  // The line feed keeps a first word from being taken for the name of a language.
  return `${FENCE}\n${text.replace(/``(?=`)/g, `\`\`${BREAK}`)}\n${FENCE}`
}

/**
 * An address as it stands in angle brackets, where it can be pressed, is seen in full and shows no preview. What could
 * end the emphasis around it is percent-encoded.
 *
 * @param url absolute, http or https
 */
export function addressOf(url: string): string {
  return new URL(url).href.replace(
    /[*~|`\\<>\s]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}
