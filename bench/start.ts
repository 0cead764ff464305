import { spawn } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Bench, median } from './bench.ts'

const ROUNDS = 7
const GIVE_UP_MS = 60_000
const MAIN = fileURLToPath(new URL('../src/app/main.ts', import.meta.url))
const BARE = fileURLToPath(new URL('bareStart.ts', import.meta.url))
/** What stands under every question. */
const FIRST_CARD = /Suspend/

/** Process start to the first card on the screen, over importing the libraries and opening the database. */
export const bench: Bench = {
  name: 'start',
  run: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'deckhand-bench-'))
    const bareFolder = `${folder}-bare`
    try {
      // The first start makes the database; those measured find it, as a person's daily start does.
      await untilMs([MAIN, 'start'], folder, FIRST_CARD)
      await cp(join(folder, 'pglite'), bareFolder, { recursive: true })
      const ours: number[] = []
      const bare: number[] = []
      for (let round = 0; round < ROUNDS; round++) {
        bare.push(await untilMs([BARE, bareFolder], folder, /open/))
        ours.push(await untilMs([MAIN, 'start'], folder, FIRST_CARD))
      }
      const [our, reference] = [median(ours), median(bare)]
      return [
        {
          what: 'process start to the first card',
          ratio: our / reference,
          bound: { atMost: 1.5 },
          reference: 'importing drizzle and PGlite and opening the same database with their defaults',
          detail: `median ${our.toFixed(0)} ms over ${reference.toFixed(0)} ms`,
        },
      ]
    } finally {
      await rm(folder, { recursive: true })
      await rm(bareFolder, { recursive: true, force: true })
    }
  },
}

/** Starts a program, and gives the time in ms until it printed `sign`; then lets it end by itself. */
function untilMs(words: readonly string[], dataFolder: string, sign: RegExp): Promise<number> {
  const start = performance.now()
  const env = { ...process.env, DATABASE_URL: '', DECKHAND_DATA: dataFolder }
  const child = spawn(process.execPath, words, { env, stdio: ['pipe', 'pipe', 'inherit'] })
  let printed = ''
  let ms: number | null = null
  // A start that finds no card to ask must not hold the bench up.
  const givenUp = setTimeout(() => child.kill(), GIVE_UP_MS)
  child.stdout.on('data', (part: Buffer) => {
    printed += part.toString()
    if (ms !== null || !sign.test(printed)) return
    ms = performance.now() - start
    child.stdin.end('q\n')
  })
  return new Promise((resolve, reject) => {
    child.on('close', () => {
      clearTimeout(givenUp)
      return ms === null ? reject(new Error(`it printed only:\n${printed}`)) : resolve(ms)
    })
  })
}
