import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/app/config.ts'

describe('the configuration', () => {
  it('needs nothing', () => {
    expect(readConfig({ DATABASE_URL: '', DECKHAND_DATA: '' })).toEqual({
      databaseUrl: null,
      dataFolder: 'data',
      decksFolder: 'decks',
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
})
