import { z } from 'zod'

/** What the environment says. */
export interface Config {
  /** Postgres; null: PGlite in `dataFolder`. */
  readonly databaseUrl: string | null
  readonly dataFolder: string
  /** Where the generated decks (*.yaml) are. */
  readonly decksFolder: string
}

/** A setting of the environment that does not work; the message names it and never shows a secret's value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const blankAsMissing = (value: unknown) => (value === '' ? undefined : value)

const environment = z.object({
  DATABASE_URL: z.preprocess(
    blankAsMissing,
    z
      .string()
      .refine(isPostgresUrl, 'must be a URL like postgres://user:password@host:5432/database')
      .optional(),
  ),
  DECKHAND_DATA: z.preprocess(blankAsMissing, z.string().default('data')),
  DECKHAND_DECKS: z.preprocess(blankAsMissing, z.string().default('decks')),
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
  const { DATABASE_URL, DECKHAND_DATA, DECKHAND_DECKS } = parsed.data
  return { databaseUrl: DATABASE_URL ?? null, dataFolder: DECKHAND_DATA, decksFolder: DECKHAND_DECKS }
}

function isPostgresUrl(text: string): boolean {
  return URL.canParse(text) && ['postgres:', 'postgresql:'].includes(new URL(text).protocol)
}
