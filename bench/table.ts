import { readFile, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { type Figure, isMet, wanted } from './bench.ts'

const FILE = fileURLToPath(new URL('../docs/performance.md', import.meta.url))
const HEAD = '| bench | what | over | ratio | wanted | | measured |\n|---|---|---|---|---|---|---|\n'

/** Figures as the lines of a table in docs/performance.md: they take the place of the same bench's earlier ones. */
export async function keepFigures(name: string, figures: readonly Figure[], now: Date): Promise<void> {
  const text = await readFile(FILE, 'utf8')
  const start = text.indexOf(HEAD)
  if (start < 0) throw new Error(`${FILE} has no table: it must hold the line "${HEAD.split('\n')[0]}"`)
  const [before, after] = [text.slice(0, start + HEAD.length), text.slice(start + HEAD.length)]
  const rows = after.split('\n').filter((row) => row.startsWith('|'))
  const rest = after.slice(rows.map((row) => `${row}\n`).join('').length)
  const others = rows.filter((row) => !row.startsWith(`| ${name} |`))
  const fresh = figures.map((figure) => rowOf(name, figure, now))
  await writeFile(FILE, `${before}${[...others, ...fresh].sort().join('\n')}\n${rest}`)
}

function rowOf(name: string, figure: Figure, now: Date): string {
  const { what, reference, ratio, detail } = figure
  const day = `${now.toISOString().slice(0, 10)}, ${availableParallelism()} cores`
  const cells = [
    name,
    what,
    `${reference} (${detail})`,
    ratio.toFixed(2),
    wanted(figure),
    isMet(figure) ? 'met' : '**missed**',
    day,
  ]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
