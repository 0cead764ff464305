import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** The image's folder /app without an engine: what the Dockerfile copies, and the production dependencies. */
describe('what is in the image', { timeout: 60_000 }, () => {
  let app: string
  beforeAll(async () => {
    app = await mkdtemp(join(tmpdir(), 'deckhand-image-'))
    for (const path of await copiedPaths()) await cp(path, join(app, path), { recursive: true })
    await rm(join(app, 'decks/notes'), { recursive: true, force: true })
    for (const folder of await productionPackages()) {
      await mkdir(dirname(join(app, folder)), { recursive: true })
      await symlink(resolve(folder), join(app, folder))
    }
  })
  afterAll(() => rm(app, { recursive: true, force: true }))

  it('has every package that the bot loads, on each platform', async () => {
    const modules = ['app/start.ts', 'app/doctor.ts', 'adapters/telegram/run.ts', 'adapters/discord/run.ts']
    const code = `await Promise.all(${JSON.stringify(modules)}.map((path) => import('./src/' + path)))`
    expect(await run(app, ['--input-type=module', '--eval', code])).toEqual({ code: 0, errors: '' })
  })

  it('starts, studies and stops with nothing to write to but the data folder and /tmp', async () => {
    const data = await mkdtemp(join(tmpdir(), 'deckhand-data-'))
    const before = await readdir(app, { recursive: true })
    try {
      expect(await run(app, ['src/app/main.ts', 'start'], { DECKHAND_DATA: data }, 'q')).toEqual({
        code: 0,
        errors: '',
      })
      expect(await readdir(data)).toContain('pglite')
    } finally {
      await rm(data, { recursive: true, force: true })
    }
    expect(await readdir(app, { recursive: true })).toEqual(before)
  })
})

async function copiedPaths(): Promise<string[]> {
  const text = await readFile('Dockerfile', 'utf8')
  return [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths]) => paths?.split(' ') ?? [])
}

/** Of the lock file, as `npm ci --omit=dev` takes them: nested ones come with their outer folder. */
async function productionPackages(): Promise<string[]> {
  const { packages } = JSON.parse(await readFile('package-lock.json', 'utf8'))
  return Object.entries<{ dev?: boolean; optional?: boolean }>(packages)
    .filter(
      ([path, { dev, optional }]) => /^node_modules\/(?!.*\/node_modules\/)/.test(path) && !dev && !optional,
    )
    .map(([path]) => path)
}

async function run(
  cwd: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input = '',
): Promise<{ code: number | null; errors: string }> {
  const child = spawn(process.execPath, words, {
    cwd,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  child.stdin.end(input)
  const code = await new Promise<number | null>((done) => child.on('close', done))
  return { code, errors }
}
