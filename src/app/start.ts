import { userInfo } from 'node:os'
import { runTerminal } from '../adapters/terminal/session.ts'
import { handle } from '../core/handle.ts'
import { DEFAULT_SETTINGS, type Identity, type Settings } from '../core/learner.ts'
import { openStore } from '../db/openStore.ts'
import { loadDecks } from '../notes/loadDecks.ts'
import type { Config } from './config.ts'

/**
 * Opens the store, brings the decks up to date and studies in the terminal until the person leaves.
 *
 * @returns the exit code
 */
export async function start(config: Config): Promise<number> {
  const stop = stopSignal()
  const [{ store, close }, decks] = await Promise.all([openStore(config), loadDecks(config.decksFolder)])
  try {
    await store.syncDecks(decks)
    const identity: Identity = { platform: 'terminal', externalId: userInfo().username }
    const initialSettings: Settings = { ...DEFAULT_SETTINGS, timeZone: localTimeZone() }
    // Whoever starts it in a terminal studies their own notes: all of them, until they leave a deck.
    const learner = await store.learner(identity, initialSettings)
    await store.enrolInNewDecks(learner.id)
    return await runTerminal({
      ask: (request) => handle(store, { identity, initialSettings, now: new Date() }, request),
      input: process.stdin,
      output: process.stdout,
      stop,
    })
  } finally {
    await close()
  }
}

/** Aborts when the process is told to end, so that the store is closed and its lock released. */
function stopSignal(): AbortSignal {
  const controller = new AbortController()
  // At a keyboard Ctrl-C is a key like any other, and the session's own business.
  const signals: NodeJS.Signals[] = process.stdin.isTTY
    ? ['SIGTERM', 'SIGHUP']
    : ['SIGTERM', 'SIGHUP', 'SIGINT']
  for (const signal of signals) process.once(signal, () => controller.abort())
  return controller.signal
}

function localTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}
