import { LIMITS } from './limits.ts'
import { isVisibleLine, type Line, renderLine, renderLines } from './lines.ts'
import { slicedRuns, textOf } from './runs.ts'

/** A part is at least this full before a better place to split counts for more than a long part. */
const LEAST_SHARE = 0.5

/** How far beyond the limit it is looked for the end of a character that consists of several. */
const LOOK_AHEAD = 64

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * Splits lines over messages: between groups, else between lines, else between words, else between characters. Each part
 * is written by itself, so that a mark or a block of code never goes on from one message to the next.
 *
 * @param limit at most so many UTF-16 units in a part as written, at least 100
 * @returns the parts that show something; none when nothing does
 */
export function splitLines(lines: readonly Line[], limit: number = LIMITS.content): string[] {
  const parts: Line[][] = []
  let part: Line[] = []
  for (const line of lines.flatMap((one) => cutLine(one, limit))) {
    if (lengthOf([...part, line]) > limit) {
      const at = placeToSplit(part, limit)
      parts.push(part.slice(0, at))
      part = part.slice(at)
      if (lengthOf([...part, line]) > limit) {
        parts.push(part)
        part = []
      }
    }
    part.push(line)
  }
  return [...parts, part].filter((one) => one.some(isVisibleLine)).map(renderLines)
}

/** As written, with blank lines at the ends, which {@link renderLines} leaves out. */
function lengthOf(part: readonly Line[]): number {
  return part.reduce((sum, line) => sum + renderLine(line).length + 1, -1)
}

/** After how many lines: at the last blank one, where that leaves the part full enough. */
function placeToSplit(part: readonly Line[], limit: number): number {
  const blank = part.findLastIndex(({ kind }) => kind === 'blank')
  return blank > 0 && lengthOf(part.slice(0, blank)) >= limit * LEAST_SHARE ? blank : part.length
}

/** A line as several that fit, each of them alone in a message if need be. */
function cutLine(line: Line, limit: number): Line[] {
  const pieces: Line[] = []
  let rest = line
  while (renderLine(rest).length > limit) {
    const text = shownText(rest)
    const longest = longestThatFits(rest, text, limit)
    let at = placeToCut(text, longest)
    // What is shorter can be longer as written by a character or two, when a mark ends elsewhere.
    while (at > 1 && renderLine(slicedLine(rest, 0, at)).length > limit) at--
    // Code keeps its indentation.
    const gap = rest.kind === 'code' ? /^[ \n]?/ : /^ */
    pieces.push(slicedLine(rest, 0, at))
    rest = slicedLine(rest, at + (gap.exec(text.slice(at))?.[0].length ?? 0), text.length)
  }
  return [...pieces, rest]
}

/** How many UTF-16 units of what is seen can be written within the limit; at least 1. */
function longestThatFits(line: Line, text: string, limit: number): number {
  // Each character takes at least one unit as written.
  let [fits, tooLong] = [0, Math.min(text.length, limit) + 1]
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2)
    if (renderLine(slicedLine(line, 0, middle)).length <= limit) fits = middle
    else tooLong = middle
  }
  return Math.max(1, fits)
}

/** The best place to cut, of those at most as far as `longest`. */
function placeToCut(text: string, longest: number): number {
  for (const separator of ['\n', ' ']) {
    const at = text.lastIndexOf(separator, longest)
    if (at > 0 && at >= longest * LEAST_SHARE) return at
  }
  const character =
    GRAPHEMES.segment(text.slice(0, longest + LOOK_AHEAD)).containing(longest)?.index ?? longest
  if (character > 0) return character
  // One character that is longer than a message: then at least no surrogate pair is torn.
  return longest > 1 && /[\udc00-\udfff]/.test(text.charAt(longest)) ? longest - 1 : longest
}

function shownText(line: Line): string {
  if (line.kind === 'blank' || line.kind === 'raw') return ''
  return line.kind === 'code' ? line.text : textOf(line.runs)
}

function slicedLine(line: Line, from: number, to: number): Line {
  if (line.kind === 'blank' || line.kind === 'raw') return line
  if (line.kind === 'code') return { kind: 'code', text: line.text.slice(from, to) }
  return { kind: line.kind, runs: slicedRuns(line.runs, from, to) }
}
