import { userInfo } from 'node:os'
import type { CardSource } from '../core/card.ts'
import { handle } from '../core/handle.ts'
import { DEFAULT_SETTINGS, type Identity, type Settings } from '../core/learner.ts'
import { Platforms } from '../core/platforms.ts'
import type { Store } from '../core/store.ts'
import type { Surroundings } from '../core/surroundings.ts'
import { openStore } from '../db/openStore.ts'
import { loadDecks } from '../notes/loadDecks.ts'
import type { Config } from './config.ts'

/**
 * Opens the store, brings the decks up to date and studies: in Telegram and Discord where there is a token, else in
 * the terminal.
 *
 * @returns the exit code
 */
export async function start(config: Config): Promise<number> {
  const stop = stopSignal(config.telegram !== null || config.discord !== null)
  const [{ store, close }, decks] = await Promise.all([openStore(config), loadDecks(config.decksFolder)])
  try {
    await store.syncDecks(decks)
    const notesUrl = config.notesUrl === null ? null : notesUrlOf(config.notesUrl)
    if (config.telegram === null && config.discord === null) {
      return await studyInTerminal(store, notesUrl, stop)
    }
    const { findZones, zonesOfLanguage } = await import('./findZones.ts')
    const log = (line: string): void => console.error(`${new Date().toISOString()} ${line}`)
    const platforms = new Platforms()
    const now = () => new Date()
    await runBots(config, { store, platforms, now, findZones, zonesOfLanguage, notesUrl, log }, stop)
    return 0
  } finally {
    await close()
  }
}

/** Runs a bot for each platform that has a token. When one of them cannot go on, the other ends as well. */
async function runBots(config: Config, surroundings: Surroundings, stop: AbortSignal): Promise<void> {
  const failed = new AbortController()
  const either = AbortSignal.any([stop, failed.signal])
  const { telegram, discord } = config
  const bots = [
    telegram &&
      import('../adapters/telegram/run.ts').then(({ runTelegram }) =>
        runTelegram(telegram, surroundings, either),
      ),
    discord &&
      import('../adapters/discord/run.ts').then(({ runDiscord }) =>
        runDiscord(discord, surroundings, either),
      ),
  ]
  const ends = await Promise.allSettled(
    bots.map((bot) =>
      bot?.catch((error: unknown) => {
        failed.abort()
        throw error
      }),
    ),
  )
  for (const end of ends) if (end.status === 'rejected') throw end.reason
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

/** Aborts when the process is told to end, so that the store is closed and its lock released. */
function stopSignal(isService: boolean): AbortSignal {
  const controller = new AbortController()
  // At a keyboard Ctrl-C is a key like any other, and the session's own business.
  const signals: NodeJS.Signals[] =
    process.stdin.isTTY && !isService ? ['SIGTERM', 'SIGHUP'] : ['SIGTERM', 'SIGHUP', 'SIGINT']
  for (const signal of signals) process.once(signal, () => controller.abort())
  return controller.signal
}

function localTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}
