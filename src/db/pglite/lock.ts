import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { processBirth } from './processBirth.ts'

const holderSchema = z.object({
  pid: z.number().int().positive(),
  host: z.string(),
  /** ISO 8601, for people. */
  since: z.string(),
  /** Tells a process from a later one with the same pid; null where the system does not say. */
  birth: z.string().nullable(),
})

type Holder = z.infer<typeof holderSchema>

/** How long a start waits for another one that is just taking over a dead process's lock. */
const TAKEOVER_WAIT_MS = 50
const TAKEOVER_ATTEMPTS = 20

/**
 * Takes the lock of a data folder: a file that names the process holding it. What a dead process left behind
 * is taken over.
 *
 * @param lockFile its path
 * @returns how to release it
 * @throws Error naming the holder, when a living process has it
 */
export async function takeLock(lockFile: string): Promise<() => Promise<void>> {
  const mine = JSON.stringify({
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
    birth: await processBirth(process.pid),
  } satisfies Holder)

  if (!(await createWhole(lockFile, mine))) await takeOver(lockFile, mine)
  return () => rm(lockFile, { force: true })
}

/**
 * Replaces a dead process's lock. Two processes that both find it dead must not both replace it, so this step
 * has a lock of its own, held for an instant.
 */
async function takeOver(lockFile: string, mine: string): Promise<void> {
  await refuseIfAlive(lockFile)
  const takeoverFile = `${lockFile}.takeover`
  for (let attempt = 0; !(await createWhole(takeoverFile, mine)); attempt += 1) {
    if (attempt === TAKEOVER_ATTEMPTS) {
      throw new Error(
        `a start that was killed left ${takeoverFile} behind: delete that file, then start again`,
      )
    }
    await sleep(TAKEOVER_WAIT_MS)
  }
  try {
    await refuseIfAlive(lockFile)
    const whole = `${lockFile}.${randomUUID()}`
    await writeFile(whole, mine, { mode: 0o600 })
    await rename(whole, lockFile)
  } finally {
    await rm(takeoverFile, { force: true })
  }
}

async function refuseIfAlive(lockFile: string): Promise<void> {
  const text = await readFile(lockFile, 'utf8').catch(() => null)
  if (text === null) return
  const holder = parseHolder(text)
  if (holder === null) {
    throw new Error(`${lockFile} is no lock file of Deckhand: look at it, and delete it if nothing needs it`)
  }
  if (holder.host !== hostname()) {
    throw new Error(
      `${described(holder)}. If that computer does not run Deckhand any more, delete ${lockFile}`,
    )
  }
  if (await isAlive(holder)) {
    throw new Error(
      `${described(holder)}. Stop it first, or set DATABASE_URL: Postgres can be used by many at once`,
    )
  }
}

function described({ pid, host, since }: Holder): string {
  return `the data folder is in use by process ${pid} on ${host}, since ${since}`
}

function parseHolder(text: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

async function isAlive({ pid, birth }: Holder): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  const now = await processBirth(pid)
  return birth === null || now === null || birth === now
}

/**
 * Creates a file with all its content at once, unless it exists: a reader never sees half of it.
 *
 * @returns false when it exists
 */
async function createWhole(file: string, content: string): Promise<boolean> {
  const whole = `${file}.${randomUUID()}`
  await writeFile(whole, content, { mode: 0o600 })
  try {
    await link(whole, file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    await rm(whole)
  }
}
