import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

interface Locked {
  readonly integrity?: string
  readonly resolved?: string
  readonly link?: boolean
  readonly hasInstallScript?: boolean
  readonly dev?: boolean
  readonly optional?: boolean
  readonly os?: readonly string[]
}

const { packages } = JSON.parse(await readFile('package-lock.json', 'utf8')) as {
  packages: Record<string, Locked>
}
const { allowScripts } = JSON.parse(await readFile('package.json', 'utf8')) as {
  allowScripts: Record<string, boolean>
}
const installed = Object.entries(packages).filter(([path]) => path !== '')

it('every package that is installed has its digest in the lock file, and comes from the registry', () => {
  const without = installed.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''))
  // Development tools for other machines, which were not fetched where the lock file was written.
  const here = without.filter(([, { dev, optional, os }]) => !(dev && optional && os !== undefined))
  expect(here.map(([path]) => path)).toEqual([])
  // A link or an address would be another way in.
  const elsewhere = installed.filter(
    ([, { link, resolved }]) => link || /^(git|file|http:)/.test(resolved ?? ''),
  )
  expect(elsewhere.map(([path]) => path)).toEqual([])
})

it('no package runs a script while it is installed, unless it is listed', () => {
  const scripted = installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)
  const names = scripted.map((path) => path.replace(/^.*node_modules\//, ''))
  for (const name of names) expect(Object.keys(allowScripts)).toContain(name)
})

it('the image and the pipeline take what the lock file says', async () => {
  const [image, pipeline] = await Promise.all([readFile('Dockerfile', 'utf8'), readFile('.ci/run', 'utf8')])
  expect(image).toMatch(/npm ci --omit=dev --ignore-scripts/)
  expect(image).not.toMatch(/npm (i|install)\b/)
  expect(pipeline).toMatch(/^npm ci/m)
  expect(pipeline).toMatch(/^\s*npm audit --omit=dev --audit-level=low/m)
})
