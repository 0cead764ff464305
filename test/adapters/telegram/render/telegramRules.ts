import type { MessageEntity } from 'grammy/types'
import { expect } from 'vitest'
import type { FormattedText } from '../../../../src/adapters/telegram/render/text.ts'

const isCode = ({ type }: MessageEntity) => type === 'code' || type === 'pre'
const end = ({ offset, length }: MessageEntity) => offset + length

/** Checks what the Bot API demands of entities, and what it would silently change. */
export function expectValid({ text, entities }: FormattedText): void {
  expect(text.isWellFormed()).toBe(true)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/)
  expect(text).toBe(text.trim())
  for (const [index, entity] of entities.entries()) {
    expect(entity.length).toBeGreaterThan(0)
    expect(entity.offset).toBeGreaterThanOrEqual(0)
    expect(end(entity)).toBeLessThanOrEqual(text.length)
    const covered = text.slice(entity.offset, end(entity))
    expect(covered.isWellFormed()).toBe(true)
    expect(covered.trim()).toBe(covered)
    for (const later of entities.slice(index + 1)) {
      expect(later.offset).toBeGreaterThanOrEqual(entity.offset)
      if (later.offset < end(entity)) expectNested(entity, later)
    }
  }
}

function expectNested(outer: MessageEntity, inner: MessageEntity): void {
  expect(end(inner)).toBeLessThanOrEqual(end(outer))
  expect(inner.type).not.toBe(outer.type)
  expect(isCode(outer)).toBe(false)
  expect(inner.type).not.toBe('blockquote')
  if (isCode(inner)) expect(outer.type).toBe('blockquote')
}
