import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'

describe('the Dockerfile', () => {
  it('has the Node of the development dependency, pinned', async () => {
    const { devDependencies } = JSON.parse(await readFile('package.json', 'utf8'))
    const text = await readFile('Dockerfile', 'utf8')
    expect(text).toContain(`ARG NODE_VERSION=${devDependencies.node}\n`)
    const bases = [...text.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image)
    expect(bases).toEqual(['node:${NODE_VERSION}-bookworm-slim', 'node:${NODE_VERSION}-bookworm-slim'])
  })

  it('runs as a user that is a number and not root, the one of the chart', async () => {
    const user = /^USER (\d+):\d+$/m.exec(await readFile('Dockerfile', 'utf8'))?.[1]
    expect(user).toBe('1000')
    const chart = await readFile('deploy/helm/deckhand/templates/deployment.yaml', 'utf8')
    expect(chart).toContain(`runAsUser: ${user}\n`)
  })

  it('copies what is there and what the builder is given, and the builder is given nothing else', async () => {
    const text = await readFile('Dockerfile', 'utf8')
    const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
      ([, paths]) => paths?.split(' ') ?? [],
    )
    expect(copied.filter((path) => !existsSync(path))).toEqual([])
    const [all, ...rest] = (await readFile('.dockerignore', 'utf8'))
      .split('\n')
      .filter((line) => /^[^#]/.test(line))
    expect(all).toBe('*')
    const given = rest.filter((line) => line.startsWith('!')).map((line) => line.slice(1))
    expect(given.sort()).toEqual([...new Set(copied)].sort())
  })
})
