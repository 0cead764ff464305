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
  /** Null: Discord is off. */
  readonly discord: DiscordConfig | null
  /** Where an operator's tools ask how the process is; null: nowhere. */
  readonly opsPort: number | null
  readonly log: LogConfig
}

/** How a process that runs bots writes its log. */
export interface LogConfig {
  /** Null: text in a terminal, JSON elsewhere. */
  readonly format: 'json' | 'text' | null
  /** What matters less is left out. */
  readonly level: 'info' | 'warn' | 'error'
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

export interface DiscordConfig {
  readonly token: string
  /** A proxy's, without version and slash at its end; null: Discord's own. */
  readonly apiRoot: string | null
  /** Null: interactions come through the gateway. */
  readonly http: DiscordHttpConfig | null
}

export interface DiscordHttpConfig {
  /** Of the application: 64 hex digits. */
  readonly publicKey: string
  /** Where this process listens. */
  readonly port: number
}

/** A setting of the environment that does not work; the message names it and never shows a secret's value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const DEFAULT_PORT = '8080'
const MAX_PORT = 65_535
const PORT_MESSAGE = `must be a whole number from 1 to ${MAX_PORT}`

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
    PORT: z.preprocess(blankAsMissing, z.string().default(DEFAULT_PORT).refine(isPort, PORT_MESSAGE)),
    DISCORD_TOKEN: optional(
      (text) => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text),
      'must be three groups of letters and digits with dots between them, without "Bot": copy it from the developer portal (Bot, Reset Token)',
    ),
    DISCORD_API_ROOT: optional(
      isHttpUrl,
      'must be the http(s) URL of a proxy, like http://localhost:4000/api (Deckhand adds /v10); leave it out for Discord itself',
    ),
    DISCORD_PUBLIC_KEY: optional(
      (text) => /^[0-9a-f]{64}$/i.test(text),
      'must be 64 hex digits: copy it from the developer portal (General Information, Public Key)',
    ),
    DISCORD_PORT: optional(isPort, PORT_MESSAGE),
    DECKHAND_PORT: optional(isPort, PORT_MESSAGE),
    DECKHAND_LOG: z.preprocess(
      blankAsMissing,
      z
        .enum(
          ['json', 'text'],
          'must be json or text; leave it out for text in a terminal and JSON elsewhere',
        )
        .optional(),
    ),
    DECKHAND_LOG_LEVEL: z.preprocess(
      blankAsMissing,
      z.enum(['info', 'warn', 'error'], 'must be info, warn or error').default('info'),
    ),
  })
  .refine(({ TELEGRAM_WEBHOOK_URL: url, TELEGRAM_WEBHOOK_SECRET: secret }) => !url || secret, {
    path: ['TELEGRAM_WEBHOOK_SECRET'],
    message:
      'is missing: with TELEGRAM_WEBHOOK_URL anyone who finds the URL could press for anyone else; `openssl rand -hex 32` makes a secret',
  })
  .refine(({ DISCORD_PUBLIC_KEY: key, DISCORD_PORT: port }) => !port || key, {
    path: ['DISCORD_PUBLIC_KEY'],
    message:
      'is missing: with DISCORD_PORT Deckhand needs it to tell what Discord has sent; it is in the developer portal (General Information). Without both, interactions come through the gateway',
  })
  .refine(({ DISCORD_PUBLIC_KEY: key, DISCORD_PORT: port }) => !key || port, {
    path: ['DISCORD_PORT'],
    message:
      'is missing: with DISCORD_PUBLIC_KEY it says where Deckhand listens for what Discord sends. Without both, interactions come through the gateway',
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
  const { DECKHAND_PORT, DECKHAND_LOG, DECKHAND_LOG_LEVEL } = parsed.data
  return {
    databaseUrl: DATABASE_URL ?? null,
    dataFolder: DECKHAND_DATA,
    decksFolder: DECKHAND_DECKS,
    notesUrl: DECKHAND_NOTES_URL ?? null,
    telegram: telegramOf(parsed.data),
    discord: discordOf(parsed.data),
    opsPort: DECKHAND_PORT === undefined ? null : Number(DECKHAND_PORT),
    log: { format: DECKHAND_LOG ?? null, level: DECKHAND_LOG_LEVEL },
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

function discordOf(settings: z.infer<typeof environment>): DiscordConfig | null {
  const {
    DISCORD_TOKEN: token,
    DISCORD_API_ROOT: apiRoot,
    DISCORD_PUBLIC_KEY: publicKey,
    DISCORD_PORT: port,
  } = settings
  if (token === undefined) return null
  const http = publicKey && port ? { publicKey: publicKey.toLowerCase(), port: Number(port) } : null
  return { token, apiRoot: apiRoot?.replace(/(\/v10)?\/*$/, '') ?? null, http }
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
