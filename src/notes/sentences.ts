import type { PhrasingContent } from 'mdast'
import { rawText, splitAt, trimmed } from './inline.ts'

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })

/** What ends with a full stop and yet ends no sentence; the segmenter does not know them. */
const ABBREVIATION =
  /(?:^|[\s(“"])(?:e\.g|i\.e|etc|vs|cf|approx|incl|excl|resp|esp|no|nos|fig|min|max|ca|vol|ver|pp|eq|sec|dr|mr|mrs|ms|st|inc|ltd|a\.k\.a|[a-z])\.\s*$/i

/**
 * The first sentence and what follows it.
 *
 * Sentences end where Unicode's text segmentation (UAX #29) says so, except after common abbreviations;
 * dots inside code and links count for nothing.
 *
 * @returns both trimmed; the second is empty when there is one sentence only
 */
export function firstSentence(nodes: readonly PhrasingContent[]): [PhrasingContent[], PhrasingContent[]] {
  const end = firstSentenceEnd(masked(nodes))
  if (end >= rawText(nodes).length) return [trimmed(nodes), []]
  const [first, rest] = splitAt(nodes, end)
  return [trimmed(first), trimmed(rest)]
}

function firstSentenceEnd(text: string): number {
  let end = 0
  for (const { segment, index } of segmenter.segment(text)) {
    end = index + segment.length
    const soFar = text.slice(0, end)
    if (soFar.trim() !== '' && /[.!?…]["'”’)\]]*\s*$/.test(soFar) && !ABBREVIATION.test(soFar)) return end
  }
  return end
}

/** The text with everything that is not plain text replaced by as many letters, line breaks by blanks. */
function masked(nodes: readonly PhrasingContent[]): string {
  let text = ''
  for (const node of nodes) {
    const raw = rawText([node])
    text +=
      node.type === 'text' || node.type === 'break'
        ? raw.replace(/\s/g, ' ').replace(/(?<=[.!?] )\d/g, 'X')
        : maskOf(raw)
  }
  return text
}

/** "Xx…x": begins like a word that may open a sentence. */
function maskOf(raw: string): string {
  return raw === '' ? '' : `X${'x'.repeat(raw.length - 1)}`
}
