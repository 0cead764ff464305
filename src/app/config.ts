import { z } from 'zod'

/** What the environment says. */
export interface Config {
  /** Postgres; null: PGlite in `dataFolder`. */
  readonly databaseUrl: string | null
  readonly dataFolder: string
  /** Where the generated decks (*.yaml) are. */
  readonly decksFolder: string
  /** The page where a note can be edited, with `{file}` and perhaps `{line}` in it; null: none. */
  readonly notesUrl: string | null
  /** Null: Telegram is off. */
  readonly telegram: TelegramConfig | null
}

export interface TelegramConfig {
  readonly token: string
  /** A Bot API server of one's own, without a slash at its end; null: Telegram's. */
  readonly apiRoot: string | null
  /** Null: long polling. */
  readonly webhook: WebhookConfig | null
}

export interface WebhookConfig {
  /** Where Telegram posts updates to. */
  readonly url: string
  /** What Telegram sends along, so that nobody else can post. */
  readonly secret: string
  /** Where this process listens. */
  readonly port: number
}

/** A setting of the environment that does not work; the message names it and never shows a secret's value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const DEFAULT_PORT = '8080'
const MAX_PORT = 65_535

const environment = z
  .object({
    DATABASE_URL: optional(isPostgresUrl, 'must be a URL like postgres://user:password@host:5432/database'),
    DECKHAND_DATA: z.preprocess(blankAsMissing, z.string().default('data')),
    DECKHAND_DECKS: z.preprocess(blankAsMissing, z.string().default('decks')),
    DECKHAND_NOTES_URL: optional(
      isNotesUrl,
      'must be an http(s) URL with {file} in it, and {line} if the page takes one, like https://github.com/me/notes/blob/main/{file}#L{line}',
    ),
    TELEGRAM_TOKEN: optional(
      (text) => /^\d+:[\w-]{20,}$/.test(text),
      'must look like 123456:ABC-DEF1234ghIkl-zyx57W2v1u123: ask @BotFather for it with /token',
    ),
    TELEGRAM_API_ROOT: optional(
      isHttpUrl,
      'must be the http(s) URL of a Bot API server, like http://localhost:8081; leave it out for Telegram itself',
    ),
    TELEGRAM_WEBHOOK_URL: optional(
      isWebhookUrl,
      'must be an https URL that Telegram can reach, like https://bot.example.org/telegram (http only on this machine); leave it out to poll',
    ),
    TELEGRAM_WEBHOOK_SECRET: optional(
      (text) => /^[\w-]{1,256}$/.test(text),
      'must be 1 to 256 characters of A-Z, a-z, 0-9, _ and -: `openssl rand -hex 32` makes one',
    ),
    PORT: z.preprocess(
      blankAsMissing,
      z.string().default(DEFAULT_PORT).refine(isPort, `must be a whole number from 1 to ${MAX_PORT}`),
    ),
  })
  .refine(({ TELEGRAM_WEBHOOK_URL: url, TELEGRAM_WEBHOOK_SECRET: secret }) => !url || secret, {
    path: ['TELEGRAM_WEBHOOK_SECRET'],
    message:
      'is missing: with TELEGRAM_WEBHOOK_URL anyone who finds the URL could press for anyone else; `openssl rand -hex 32` makes a secret',
  })

/**
 * Reads the configuration.
 *
 * @param env e.g. `process.env`; an empty value counts as missing
 * @throws ConfigError naming each variable that does not work and what would
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environment.safeParse(env)
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('\n'),
    )
  }
  const { DATABASE_URL, DECKHAND_DATA, DECKHAND_DECKS, DECKHAND_NOTES_URL } = parsed.data
  return {
    databaseUrl: DATABASE_URL ?? null,
    dataFolder: DECKHAND_DATA,
    decksFolder: DECKHAND_DECKS,
    notesUrl: DECKHAND_NOTES_URL ?? null,
    telegram: telegramOf(parsed.data),
  }
}

function telegramOf(settings: z.infer<typeof environment>): TelegramConfig | null {
  const {
    TELEGRAM_TOKEN: token,
    TELEGRAM_API_ROOT: apiRoot,
    TELEGRAM_WEBHOOK_URL: url,
    TELEGRAM_WEBHOOK_SECRET: secret,
    PORT: port,
  } = settings
  if (token === undefined) return null
  const webhook = url && secret ? { url, secret, port: Number(port) } : null
  return { token, apiRoot: apiRoot?.replace(/\/+$/, '') ?? null, webhook }
}

function optional(isValid: (text: string) => boolean, message: string) {
  return z.preprocess(blankAsMissing, z.string().refine(isValid, message).optional())
}

function blankAsMissing(value: unknown): unknown {
  return value === '' ? undefined : value
}

function isPostgresUrl(text: string): boolean {
  return hasProtocol(text, ['postgres:', 'postgresql:'])
}

function isHttpUrl(text: string): boolean {
  return hasProtocol(text, ['http:', 'https:'])
}

function isNotesUrl(text: string): boolean {
  return text.includes('{file}') && isHttpUrl(text.replace('{file}', 'a.md').replace('{line}', '1'))
}

function isWebhookUrl(text: string): boolean {
  if (hasProtocol(text, ['https:'])) return true
  return isHttpUrl(text) && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(text).hostname)
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= MAX_PORT
}

function hasProtocol(text: string, protocols: readonly string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol)
}
