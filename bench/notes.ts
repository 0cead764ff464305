import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { type BuildResult, buildDecks } from '../src/notes/buildDecks.ts'
import type { TextFile } from '../src/notes/textFile.ts'
import { type Bench, timeMs } from './bench.ts'
import { notesDocument } from './notesDocument.ts'

const CHARACTERS = 700_000
const OUR_ROUNDS = 9
/** The whole document takes the parser many seconds. */
const REFERENCE_ROUNDS = 2

const parser = unified().use(remarkParse).use(remarkGfm).freeze()

/** Making decks of long notes: against parsing them in one piece, and how the time grows. */
export const bench: Bench = {
  name: 'notes',
  run: async () => {
    const [long, half] = [notesDocument(CHARACTERS), notesDocument(CHARACTERS / 2)]
    const works = {
      ours: () => built(long),
      ourHalf: () => built(half),
      again: rebuilding(long),
      againHalf: rebuilding(half),
    }
    const best = await bestMs(OUR_ROUNDS, works)
    const { whole } = await bestMs(REFERENCE_ROUNDS, { whole: () => parser.parse(long) })
    const cards = built(long).decks[0]?.cards.length ?? 0
    const size = `${(long.length / 1000).toFixed(0)} KB, ${cards} cards`
    return [
      {
        what: `building a deck of ${size}`,
        ratio: best.ours / whole,
        bound: { atMost: 0.3 },
        reference: 'parsing the same Markdown whole with remark',
        detail: `best ${best.ours.toFixed(0)} ms over ${whole.toFixed(0)} ms`,
      },
      {
        what: `building a deck of ${size}`,
        ratio: best.ours / best.ourHalf,
        bound: { atMost: 2.2 },
        reference: 'building one of half the length',
        detail: `best ${best.ours.toFixed(0)} ms over ${best.ourHalf.toFixed(0)} ms`,
      },
      {
        what: `building ${size} again after an edit`,
        ratio: best.again / best.againHalf,
        bound: { atMost: 2.2 },
        reference: 'the same with half the length',
        detail: `best ${best.again.toFixed(0)} ms over ${best.againHalf.toFixed(0)} ms`,
      },
    ]
  },
}

function built(text: string, previous: readonly TextFile[] = []): BuildResult {
  const files = [{ path: 'notes/long.md', text }]
  const result = buildDecks({ files, previous, gone: new Set(), outFolder: 'decks' })
  const fault = result.findings.find(({ level }) => level === 'error')
  if (fault !== undefined) throw new Error(`the notes of the bench have an error: ${fault.message}`)
  return result
}

/** Building again when a word in the middle was corrected. */
function rebuilding(text: string): () => unknown {
  const { files } = built(text)
  const middle = text.indexOf('watches', text.length / 2)
  const edited = `${text.slice(0, middle)}observes${text.slice(middle + 'watches'.length)}`
  return () => built(edited, files)
}

/** The best times; the works take turns, so that what slows the machine down for a while slows all of them. */
async function bestMs<Name extends string>(
  rounds: number,
  works: Record<Name, () => unknown>,
): Promise<Record<Name, number>> {
  const names = Object.keys(works) as Name[]
  const best = Object.fromEntries(names.map((name) => [name, Number.POSITIVE_INFINITY])) as Record<
    Name,
    number
  >
  for (let round = 0; round < rounds; round++) {
    for (const name of names) best[name] = Math.min(best[name], await timeMs(async () => works[name]()))
  }
  return best
}
