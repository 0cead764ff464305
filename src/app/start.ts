import { userInfo } from 'node:os'
import type { CardSource } from '../core/card.ts'
import { handle } from '../core/handle.ts'
import { DEFAULT_SETTINGS, type Identity, type Settings } from '../core/learner.ts'
import type { Store } from '../core/store.ts'
import { openStore } from '../db/openStore.ts'
import { loadDecks } from '../notes/loadDecks.ts'
import type { Config } from './config.ts'
import { stopSignal } from './stopping.ts'

/**
 * Opens the store, brings the decks up to date and studies: in Telegram and Discord where there is a token, else in
 * the terminal.
 *
 * @returns the exit code
 */
export async function start(config: Config): Promise<number> {
  const isService = config.telegram !== null || config.discord !== null
  const stop = stopSignal(isService)
  const jobs = isService ? (await import('./lateJobs.ts')).lateJobs() : undefined
  const [opened, decks] = await Promise.all([openStore(config, jobs?.enqueue), loadDecks(config.decksFolder)])
  const { store, close } = opened
  try {
    await store.syncDecks(decks)
    const notesUrl = config.notesUrl === null ? null : notesUrlOf(config.notesUrl)
    if (jobs === undefined) return await studyInTerminal(store, notesUrl, stop)
    const { runService } = await import('./service.ts')
    return await runService(config, opened, jobs, notesUrl, stop)
  } finally {
    await close()
  }
}

async function studyInTerminal(store: Store, notesUrl: NotesUrl | null, stop: AbortSignal): Promise<number> {
  const [{ runTerminal }, { findZones }] = await Promise.all([
    import('../adapters/terminal/session.ts'),
    import('./findZones.ts'),
  ])
  const identity: Identity = { platform: 'terminal', externalId: userInfo().username }
  const initialSettings: Settings = { ...DEFAULT_SETTINGS, timeZone: localTimeZone() }
  // Whoever starts it in a terminal studies their own notes: all of them, until they leave a deck.
  const learner = await store.learner(identity, initialSettings)
  await store.enrolInNewDecks(learner.id)
  const asking = { identity, initialSettings, findZones, notesUrl }
  return runTerminal({
    ask: (request) => handle(store, { ...asking, now: new Date() }, request),
    input: process.stdin,
    output: process.stdout,
    stop,
  })
}

type NotesUrl = (source: CardSource) => string

/** @param template a URL with `{file}` and perhaps `{line}` */
function notesUrlOf(template: string): NotesUrl {
  return ({ file, line }) =>
    template
      .replace('{file}', () => file.split('/').map(encodeURIComponent).join('/'))
      .replace('{line}', String(line))
}

function localTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}
