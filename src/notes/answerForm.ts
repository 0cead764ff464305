const STATUS =
  /^(?:yes|no|none|partly|partial|partially|planned|supported|unsupported|not supported|(?:in|under) (?:preview|development|review)|preview|beta|alpha|optional|required|deprecated|automatic|automatically|manual|manually|enabled|disabled|on|off|always|never|on demand|by hand)$/i
const ABOUT = String.raw`(?:(?:about|around|roughly|up to|at least|at most|over|under|ca\.) |[~≈<>≤≥] ?)?`
const DIGITS = String.raw`[-+−]?\d+(?:[.,'’ ]?\d+)*`
const MONTH = String.raw`(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?`
const VERSION = /^v?\d+(?:\.\d+){2,3}(?:[-+][\w.]+)?$|^v\d+(?:\.\d+)*$/i
const PRICE = new RegExp(`^${ABOUT}[$€£¥] ?${DIGITS}(.*)$`, 'i')
const DATE = new RegExp(
  String.raw`^(?:\d{1,2}\.? )?(?:${MONTH} )?(?:\d{1,2}, )?(?:19|20)\d\d$|^(?:19|20)\d\d-\d\d(?:-\d\d)?$`,
  'i',
)
const NUMBER = new RegExp(`^${ABOUT}${DIGITS}(?: ?(?:[–-]|to) ?${DIGITS})? ?([^\\d]{0,24})$`, 'i')

/**
 * The form of an answer: only answers of one form can stand beside each other as choices, or the form gives
 * the right one away.
 *
 * @param markdown inline Markdown
 * @returns `command`, `option`, `code`, `status`, `price …`, `version`, `date`, `number …` or `words`; prices
 *   and numbers with their unit
 */
export function answerForm(markdown: string): string {
  const code = /^`+ ?(.+?) ?`+$/.exec(markdown)?.[1]
  if (code !== undefined && !code.includes('`')) {
    if (code.startsWith('-')) return 'option'
    return /\s/.test(code) ? 'command' : 'code'
  }
  const text = markdown.trim()
  if (STATUS.test(text)) return 'status'
  const price = PRICE.exec(text)
  if (price !== null) return `price ${unit(price[1])}`.trim()
  if (VERSION.test(text)) return 'version'
  if (DATE.test(text)) return 'date'
  const number = NUMBER.exec(text)
  if (number !== null) return `number ${unit(number[1])}`.trim()
  return 'words'
}

function unit(text: string | undefined): string {
  return (text ?? '').trim().toLowerCase()
}

/** Tells whether answers of a form are short and exact enough to be typed. */
export function isTypable(form: string, markdown: string): boolean {
  if (form === 'status' || form === 'command') return false
  return form === 'words' ? /^[\p{L}\p{N}.+#-]{2,24}$/u.test(markdown) : markdown.length <= 24
}
