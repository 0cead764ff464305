const FENCE = /^\s*(?:>\s*)*(?:[-*+]\s+|\d+[.)]\s+)?(`{3,}|~{3,})([^`]*)$/
const FENCE_END = /^([\s>]*)(`{3,}|~{3,})\s*$/
const DEFINITION = /^ {0,3}\[(\^?[^\]\s][^\]]*)\]:/
const HEADING = /^#{1,6}(?:\s|$)/
const ITEM = /^(?:([-*+])|(\d{1,9})([.)]))\s+\S/
const RULE = /^([-*_])(?:[ \t]*\1){2,}[ \t]*$/
/** HTML whose content may hold blank lines; other HTML ends at the first one. */
const RAW_HTML = /^ {0,3}<(pre|script|style|textarea)\b/i

/** A line that begins with HTML of this kind and goes on behind it is a paragraph. */
const INLINE_HTML =
  /^ {0,3}<\/?(?:a|abbr|b|br|cite|code|del|em|i|img|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|u|var)\b[^<>]*>[ \t]*\S/i

const BLANK = /^\s*$/
const COMMENT_END = /-->/
const OPENS_BLOCK = /```|~~~|<!--|<(?:pre|script|style|textarea)\b/i

/**
 * What may be cut before a line: a heading, a paragraph that ends whatever was open, or a further item of a
 * list that is not indented. Null: nothing, or nothing that is sure.
 */
export type CutPlace = 'heading' | 'paragraph' | 'item' | null

/** A fence or a comment that nothing closes. */
export interface Unclosed {
  /** Counted from 1. */
  readonly line: number
  readonly isComment: boolean
}

/** Follows a Markdown file line by line, as far as it takes to know where it can be cut. */
export class LineScanner {
  /** Lines that define a footnote or a link's target, by index. */
  readonly definitionLines = new Map<number, string>()
  #index: number
  /** Index of the line that opened the fence or HTML. */
  #openedAt = 0
  #fence: string | null = null
  #fenceColumn = 0
  /** The fence is indented, or in a list or quote. */
  #isFenceInside = false
  /** What ends the HTML that is open. */
  #htmlEnd: RegExp | null = null
  /** The mark of the list that is open and not indented. */
  #list: string | null = null
  /** The line might be read in two ways, so nothing below is cut: odd notes take longer, but are read right. */
  #isUnsure = false
  #previous = ''
  /** A comment may be a directive, which belongs to the next block. */
  #isDirected = false

  /** @param first index of the line that comes first */
  constructor(first: number) {
    this.#index = first - 1
  }

  /** What is open at the end; null for a fence in a list or quote, which ends with that. */
  get unclosed(): Unclosed | null {
    const isComment = this.#htmlEnd === COMMENT_END
    const isOpen = isComment || (this.#fence !== null && !this.#isFenceInside && !this.#isUnsure)
    return isOpen ? { line: this.#openedAt + 1, isComment } : null
  }

  /** Takes the next line and tells whether the file can be cut before it. */
  next(line: string): CutPlace {
    this.#index++
    const place = this.#isInside(line) || this.#isUnsure ? null : this.#placeOf(line)
    this.#previous = line
    if (line.includes('-->')) this.#isDirected = true
    return place
  }

  /** Follows what nothing is cut in: fences and HTML. */
  #isInside(line: string): boolean {
    if (this.#htmlEnd !== null) {
      // Where a paragraph goes on, HTML is no block of its own, and this opens one.
      if (this.#htmlEnd === BLANK && OPENS_BLOCK.test(line)) this.#isUnsure = true
      if (this.#htmlEnd.test(line)) this.#htmlEnd = null
      return true
    }
    if (this.#fence === null) return false
    const [, before = '', run = ''] = FENCE_END.exec(line) ?? []
    const isSame = before.length === this.#fenceColumn
    if (run.startsWith(this.#fence) && (isSame || (!this.#isFenceInside && before.length < 4))) {
      this.#fence = null
    } else if (this.#isFenceInside && (run !== '' || /^\S/.test(line))) {
      // A fence in a list or quote is closed where that ends.
      this.#isUnsure = true
    }
    return true
  }

  #placeOf(line: string): CutPlace {
    const place = this.#followed(line)
    this.#openedAt = this.#index
    const fence = FENCE.exec(line)?.[1]
    if (fence !== undefined) {
      this.#fence = fence
      this.#fenceColumn = line.indexOf(fence)
      this.#isFenceInside = this.#fenceColumn > 0
    } else if (/^ {0,3}<!--(?!.*-->)/.test(line)) this.#htmlEnd = COMMENT_END
    else if (RAW_HTML.test(line)) {
      const end = new RegExp(`</${RAW_HTML.exec(line)?.[1]}>`, 'i')
      if (!end.test(line)) this.#htmlEnd = end
    } else if (/^ {0,3}<(?!!--)[a-z/?!]/i.test(line) && !INLINE_HTML.test(line)) this.#htmlEnd = BLANK
    else {
      const label = DEFINITION.exec(line)?.[1]
      // In the middle of a paragraph, only a footnote can be defined.
      const isOpen =
        this.#previous.trim() === '' || HEADING.test(this.#previous) || DEFINITION.test(this.#previous)
      if (label !== undefined && (isOpen || label.startsWith('^'))) {
        this.definitionLines.set(this.#index, label.toLowerCase())
      }
    }
    const isDirected = this.#isDirected && place !== 'heading'
    if (place !== null) this.#isDirected = false
    return isDirected ? null : place
  }

  /** Keeps up with the list that is open, and tells what the line begins. */
  #followed(line: string): CutPlace {
    const isAfterBlank = this.#previous.trim() === ''
    if (HEADING.test(line)) {
      this.#list = null
      return 'heading'
    }
    const item = RULE.test(line) ? null : ITEM.exec(line)
    if (item !== null) {
      const [, bullet, number, behind] = item
      const mark = bullet ?? behind ?? null
      const isFurther = this.#list === mark
      // In the middle of a paragraph, and at times below it, a number other than 1 is only text.
      const isFirst = bullet !== undefined || (isAfterBlank && number === '1')
      this.#list = isFurther || isFirst ? mark : null
      return isFurther ? 'item' : null
    }
    // Indented by less than the text of the item above, it begins a list of its own.
    if (/^ {1,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)/.test(line)) this.#list = null
    if (!/^\S/.test(line)) return null
    // What goes on without a blank line may belong to the item above; what is no letter may begin anything.
    if (isAfterBlank || !/^\p{L}/u.test(line)) this.#list = null
    return isAfterBlank && /^[\p{L}“"(]/u.test(line) ? 'paragraph' : null
  }
}
