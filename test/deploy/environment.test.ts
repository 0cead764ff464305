import { glob, readFile } from 'node:fs/promises'
import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/app/config.ts'
import { composeFile } from './support/compose.ts'

/** Of a library or the system, not settings of the bot. */
const NOT_OURS = new Set(['NO_COLOR', 'COLUMNS', 'TERM'])

describe('.env.example', () => {
  it('has every variable that the bot reads, and those of docker compose', async () => {
    const { text, content } = await composeFile()
    const filledIn = [...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name)
    const ofCompose = [...filledIn, ...Object.keys(content.services.bot.environment)]
    expect(Object.keys(await example()).sort()).toEqual(
      [...new Set([...(await readBySource()), ...ofCompose])].sort(),
    )
  })

  it('explains each of them in the line before it', async () => {
    const lines = (await readFile('.env.example', 'utf8')).split('\n')
    const bare = lines.filter((line, index) => /^\w+=/.test(line) && !lines[index - 1]?.startsWith('# '))
    expect(bare).toEqual([])
  })

  it('is a configuration that starts: the one of no settings at all', async () => {
    expect(readConfig(await example())).toEqual(readConfig({}))
  })
})

async function example(): Promise<Record<string, string>> {
  return parseEnv(await readFile('.env.example', 'utf8')) as Record<string, string>
}

/** The keys of the schema in config.ts, and what is read from the environment elsewhere. */
async function readBySource(): Promise<string[]> {
  const schema = (await readFile('src/app/config.ts', 'utf8')).matchAll(/^ {4}([A-Z][A-Z_]+): /gm)
  const names = new Set([...schema].map(([, name]) => name as string))
  for await (const file of glob('src/**/*.ts')) {
    for (const [, name] of (await readFile(file, 'utf8')).matchAll(/process\.env\.([A-Z_]+)/g)) {
      if (name !== undefined && !NOT_OURS.has(name)) names.add(name)
    }
  }
  return [...names]
}
