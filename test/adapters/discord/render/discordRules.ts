import { type APIMessageTopLevelComponent, ComponentType } from 'discord.js'
import { expect } from 'vitest'
import type { MessageBody } from '../../../../src/adapters/discord/render/body.ts'
import { isVisible } from '../../../../src/adapters/discord/render/harmless.ts'
import { readDiscord, type Style } from './discordMarkdown.ts'

/** What text of ours may look like; anything else would be a mark that a card smuggled in. */
const OWN_STYLES: readonly Style[] = [
  'strong',
  'emphasis',
  'deleted',
  'code',
  'codeBlock',
  'heading',
  'note',
  'quote',
  'address',
]

/** Checks what Discord demands of a message, and that nothing in it calls or leads anybody anywhere. */
export function expectValid(body: MessageBody, further: readonly Style[] = []): void {
  expect(body.content.length).toBeLessThanOrEqual(2000)
  expect(isVisible(body.content)).toBe(true)
  expect(body.content.isWellFormed()).toBe(true)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(body.content).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/)
  expect(body.allowed_mentions).toEqual({ parse: [] })
  expect(body.flags).toBe(4)
  const styles = new Set(readDiscord(body.content).flatMap((span) => span.styles))
  for (const style of styles) expect([...OWN_STYLES, ...further]).toContain(style)
  expectValidRows(body.components)
}

function expectValidRows(rows: readonly APIMessageTopLevelComponent[]): void {
  expect(rows.length).toBeLessThanOrEqual(5)
  const ids: string[] = []
  for (const row of rows) {
    if (row.type !== ComponentType.ActionRow) throw new Error(`component of type ${row.type} is no row`)
    expect(row.components.length).toBeGreaterThan(0)
    const hasMenu = row.components.some(({ type }) => type !== ComponentType.Button)
    expect(row.components.length).toBeLessThanOrEqual(hasMenu ? 1 : 5)
    for (const one of row.components) {
      if ('custom_id' in one) ids.push(one.custom_id)
      if (one.type === ComponentType.Button) {
        if (!('label' in one)) throw new Error('a button without a label')
        expectWords(one.label, 80)
        if ('url' in one) expect(one.url).toMatch(/^https?:\/\/[^/]+\.[^/]+\//)
      } else if (one.type === ComponentType.StringSelect) {
        expect((one.placeholder ?? '').length).toBeLessThanOrEqual(150)
        expect(one.options.length).toBeGreaterThan(0)
        expect(one.options.length).toBeLessThanOrEqual(25)
        expect(new Set(one.options.map(({ value }) => value)).size).toBe(one.options.length)
        for (const { label, value } of one.options) {
          expectWords(label, 100)
          expect(value.length).toBeLessThanOrEqual(100)
        }
      } else throw new Error(`component of type ${one.type} in a row`)
    }
  }
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id.length).toBeLessThanOrEqual(100)
}

function expectWords(words: string | undefined, most: number): void {
  expect(isVisible(words ?? '')).toBe(true)
  expect((words ?? '').length).toBeLessThanOrEqual(most)
  expect((words ?? '').isWellFormed()).toBe(true)
}
