import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'

interface ComposeFile {
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: the schema says what is in it, see compose.test.ts
  readonly content: any
}

export async function composeFile(): Promise<ComposeFile> {
  const text = await readFile('docker-compose.yml', 'utf8')
  return { text, content: parse(text) }
}
