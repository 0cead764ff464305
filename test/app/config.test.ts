import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/app/config.ts'

const TOKEN = '123456789:AAsecret-secret_secret-secret_secre'
const SECRET = 'hush_hush-42'
const URL = 'https://bot.example.org/telegram'

describe('the configuration', () => {
  it('needs nothing', () => {
    expect(readConfig({ DATABASE_URL: '', DECKHAND_DATA: '', TELEGRAM_TOKEN: '', PORT: '' })).toEqual({
      databaseUrl: null,
      dataFolder: 'data',
      decksFolder: 'decks',
      notesUrl: null,
      telegram: null,
      discord: null,
      opsPort: null,
      log: { format: null, level: 'info' },
    })
  })

  it('takes Postgres by its URL', () => {
    const databaseUrl = 'postgresql://me:secret@localhost:5432/deckhand'
    expect(readConfig({ DATABASE_URL: databaseUrl }).databaseUrl).toBe(databaseUrl)
  })

  it.each(['mysql://me:secret@localhost/x', 'secret', 'localhost:5432'])(
    'names a variable that does not work, and never its value (%s)',
    (databaseUrl) => {
      expect(() => readConfig({ DATABASE_URL: databaseUrl })).toThrow(
        /^DATABASE_URL must be a URL like postgres:/,
      )
      expect(() => readConfig({ DATABASE_URL: databaseUrl })).not.toThrow(/secret@localhost|^secret$/)
    },
  )

  it('takes the page where a note can be edited', () => {
    const notesUrl = 'https://git.example.org/notes/edit/main/{file}#L{line}'
    expect(readConfig({ DECKHAND_NOTES_URL: notesUrl }).notesUrl).toBe(notesUrl)
    for (const wrong of ['https://git.example.org/notes', 'notes/{file}', 'file:///{file}']) {
      expect(() => readConfig({ DECKHAND_NOTES_URL: wrong })).toThrow(/^DECKHAND_NOTES_URL must be/)
    }
  })
})

describe('the configuration for an operator', () => {
  it('takes a port for tools, and how the log is written', () => {
    const env = { DECKHAND_PORT: '9090', DECKHAND_LOG: 'text', DECKHAND_LOG_LEVEL: 'warn' }
    expect(readConfig(env)).toMatchObject({ opsPort: 9090, log: { format: 'text', level: 'warn' } })
  })

  it.each([
    ['DECKHAND_PORT', 'secret'],
    ['DECKHAND_LOG', 'secret'],
    ['DECKHAND_LOG_LEVEL', 'secret'],
  ])('names a %s that does not work, and never its value', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} must be `))
    expect(() => readConfig({ [name]: value })).not.toThrow(/secret/)
  })
})

describe('the configuration of Telegram', () => {
  it('polls when there is a token and nothing else', () => {
    expect(readConfig({ TELEGRAM_TOKEN: TOKEN }).telegram).toEqual({
      token: TOKEN,
      apiRoot: null,
      webhook: null,
    })
  })

  it('is off without a token', () => {
    const env = { TELEGRAM_WEBHOOK_URL: URL, TELEGRAM_WEBHOOK_SECRET: SECRET }
    expect(readConfig(env).telegram).toBeNull()
  })

  it('takes a Bot API server of one’s own, with or without a slash at its end', () => {
    for (const apiRoot of ['http://localhost:8081', 'http://localhost:8081/']) {
      const { telegram } = readConfig({ TELEGRAM_TOKEN: TOKEN, TELEGRAM_API_ROOT: apiRoot })
      expect(telegram?.apiRoot).toBe('http://localhost:8081')
    }
  })

  it('takes a webhook with its secret, on port 8080 or another', () => {
    const env = { TELEGRAM_TOKEN: TOKEN, TELEGRAM_WEBHOOK_URL: URL, TELEGRAM_WEBHOOK_SECRET: SECRET }
    expect(readConfig(env).telegram?.webhook).toEqual({ url: URL, secret: SECRET, port: 8080 })
    expect(readConfig({ ...env, PORT: '3000' }).telegram?.webhook?.port).toBe(3000)
  })

  it('refuses a webhook without a secret', () => {
    const env = { TELEGRAM_TOKEN: TOKEN, TELEGRAM_WEBHOOK_URL: URL }
    expect(() => readConfig(env)).toThrow(/^TELEGRAM_WEBHOOK_SECRET is missing: .*openssl rand/)
    expect(() => readConfig({ ...env, TELEGRAM_WEBHOOK_SECRET: '' })).toThrow(/SECRET is missing/)
  })

  it('takes a webhook without TLS on this machine only', () => {
    const withUrl = (url: string) =>
      readConfig({ TELEGRAM_WEBHOOK_URL: url, TELEGRAM_WEBHOOK_SECRET: SECRET })
    for (const local of ['http://localhost:8080/x', 'http://127.0.0.1:8080', 'http://[::1]:8080/x']) {
      expect(() => withUrl(local)).not.toThrow()
    }
    for (const wrong of ['http://bot.example.org/x', 'http://localhost.example.org', 'bot.example.org']) {
      expect(() => withUrl(wrong)).toThrow(/^TELEGRAM_WEBHOOK_URL must be an https URL/)
    }
  })

  it.each([
    ['TELEGRAM_TOKEN', 'AAsecret-secret_secret-secret_secre'],
    ['TELEGRAM_TOKEN', '123456789:AAsecret secret secret secret'],
    ['TELEGRAM_API_ROOT', 'ftp://secret.example.org'],
    ['TELEGRAM_WEBHOOK_SECRET', 'secret with spaces'],
    ['TELEGRAM_WEBHOOK_SECRET', `secret${'x'.repeat(251)}`],
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '80a'],
  ])('names a %s that does not work, and never its value (%s)', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} must `))
    expect(() => readConfig({ [name]: value })).not.toThrow(/secret\.|secret[- x]/)
  })
})

describe('the configuration of Discord', () => {
  const DISCORD_TOKEN = 'MTIzsecret.GsecretX.secret-secret_secret'
  const DISCORD_PUBLIC_KEY = 'aB'.repeat(32)

  it('uses the gateway when there is a token and nothing else', () => {
    expect(readConfig({ DISCORD_TOKEN }).discord).toEqual({ token: DISCORD_TOKEN, apiRoot: null, http: null })
  })

  it('is off without a token', () => {
    expect(readConfig({ DISCORD_PUBLIC_KEY, DISCORD_PORT: '3000' }).discord).toBeNull()
  })

  it('takes a proxy, with or without a slash or the version at its end', () => {
    for (const end of ['', '/', '/v10', '/v10/']) {
      const { discord } = readConfig({ DISCORD_TOKEN, DISCORD_API_ROOT: `http://127.0.0.1:4000/api${end}` })
      expect(discord?.apiRoot).toBe('http://127.0.0.1:4000/api')
    }
  })

  it('listens over HTTP with a public key and a port', () => {
    expect(readConfig({ DISCORD_TOKEN, DISCORD_PUBLIC_KEY, DISCORD_PORT: '3000' }).discord?.http).toEqual({
      publicKey: 'ab'.repeat(32),
      port: 3000,
    })
  })

  it('says what is missing where only one of the two is set', () => {
    expect(() => readConfig({ DISCORD_TOKEN, DISCORD_PORT: '3000' })).toThrow(
      /^DISCORD_PUBLIC_KEY is missing: with DISCORD_PORT .*developer portal/,
    )
    expect(() => readConfig({ DISCORD_TOKEN, DISCORD_PUBLIC_KEY })).toThrow(
      /^DISCORD_PORT is missing: with DISCORD_PUBLIC_KEY/,
    )
  })

  it.each([
    ['DISCORD_TOKEN', 'Bot secret.secret.secret'],
    ['DISCORD_TOKEN', 'secret'],
    ['DISCORD_API_ROOT', 'ftp://secret.example.org'],
    ['DISCORD_PUBLIC_KEY', 'secret'],
    ['DISCORD_PUBLIC_KEY', 'g'.repeat(64)],
    ['DISCORD_PORT', '0'],
    ['DISCORD_PORT', '3000a'],
  ])('names a %s that does not work, and never its value (%s)', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} must `))
    expect(() => readConfig({ [name]: value })).not.toThrow(/secret|g{64}/)
  })
})
