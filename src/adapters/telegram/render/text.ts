import type { MessageEntity } from 'grammy/types'
import { harmless, harmlessLine, isVisible } from './harmless.ts'

/**
 * Text with entities instead of HTML or MarkdownV2: nothing in it can be taken for mark-up, so nothing needs
 * escaping. Offsets and lengths are UTF-16 units.
 */
export interface FormattedText {
  readonly text: string
  /** By offset, an outer one before what it contains; never empty, each inside or outside of any other. */
  readonly entities: MessageEntity[]
}

export type Style = 'bold' | 'italic' | 'strikethrough'

/** Text that means nothing but itself. */
export function plain(text: string): FormattedText {
  return { text: harmless(text), entities: [] }
}

/** Code within a line; a tap copies it. */
export function code(text: string): FormattedText {
  return over('code', harmlessLine(text))
}

/** Code on lines of its own; a tap copies it. */
export function pre(text: string): FormattedText {
  return over('pre', harmless(text))
}

/** An instant; Telegram shows it on each reader's own clock, older apps as it is written here. */
export function dateTime(instant: Date): FormattedText {
  const text = `${IN_UTC.format(instant)} UTC`
  const unix_time = Math.floor(instant.getTime() / 1000)
  return withEntities(text, [
    { type: 'date_time', offset: 0, length: text.length, unix_time, date_time_format: 'wt' },
  ])
}

const IN_UTC = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
})

/** Sets all of a text in a style. Code in it stays as it is: Telegram allows no style on code. */
export function styled(style: Style, { text, entities }: FormattedText): FormattedText {
  const styles = rangesBetween(entities.filter(isCode), text.length).map(
    ([from, to]): MessageEntity => ({ type: style, offset: from, length: to - from }),
  )
  return withEntities(text, [...styles, ...entities.filter(({ type }) => type !== style)])
}

/**
 * Makes all of a text a link. Code in it becomes mere text: Telegram allows no code in a link.
 *
 * @param url as `acceptedUrl` gives it: for any other Telegram refuses the message
 */
export function linked(url: string, { text, entities }: FormattedText): FormattedText {
  const kept = entities.filter((entity) => !isCode(entity) && entity.type !== 'text_link')
  return withEntities(text, [{ type: 'text_link', offset: 0, length: text.length, url }, ...kept])
}

/** Sets all of a text apart, with a line beside it. Quotes in it are dissolved: Telegram allows none in a quote. */
export function quoted({ text, entities }: FormattedText): FormattedText {
  const kept = entities.filter(({ type }) => type !== 'blockquote')
  return withEntities(text, [{ type: 'blockquote', offset: 0, length: text.length }, ...kept])
}

/** One text after another. */
export function joined(texts: readonly FormattedText[], separator = ''): FormattedText {
  let text = ''
  const entities: MessageEntity[] = []
  for (const [index, one] of texts.entries()) {
    if (index > 0) text += separator
    for (const entity of one.entities) entities.push({ ...entity, offset: text.length + entity.offset })
    text += one.text
  }
  return { text, entities }
}

/**
 * A piece of a text; entities that reach beyond it are cut. White space at its ends goes, as Telegram has it.
 *
 * @param from first UTF-16 unit
 * @param to the unit after the last
 */
export function sliced({ text, entities }: FormattedText, from = 0, to = text.length): FormattedText {
  const piece = text.slice(from, to)
  const start = from + piece.length - piece.trimStart().length
  const end = start + piece.trim().length
  const cut = entities.map((entity) => between(entity, start, end))
  return withEntities(
    text.slice(start, end),
    cut.map((entity) => ({ ...entity, offset: entity.offset - start })),
  )
}

function over(type: 'code' | 'pre', text: string): FormattedText {
  return withEntities(text, [{ type, offset: 0, length: text.length }])
}

function isCode({ type }: MessageEntity): boolean {
  return type === 'code' || type === 'pre'
}

/** What is left of 0 to `length` between entities that do not overlap. */
function rangesBetween(entities: readonly MessageEntity[], length: number): [from: number, to: number][] {
  const starts = [0, ...entities.map(({ offset, length }) => offset + length)]
  const ends = [...entities.map(({ offset }) => offset), length]
  return starts.map((start, index) => [start, ends[index] ?? length])
}

/** Entities without white space at their ends, without those that show nothing. */
function withEntities(text: string, entities: readonly MessageEntity[]): FormattedText {
  const tight = entities
    .map((entity) => tightened(text, entity))
    .filter(({ offset, length }) => length > 0 && isVisible(text.slice(offset, offset + length)))
  return { text, entities: tight.sort((a, b) => a.offset - b.offset || b.length - a.length) }
}

function tightened(text: string, entity: MessageEntity): MessageEntity {
  const inner = text.slice(entity.offset, entity.offset + entity.length)
  const before = inner.length - inner.trimStart().length
  return { ...entity, offset: entity.offset + before, length: inner.trim().length }
}

function between<T extends MessageEntity>(entity: T, from: number, to: number): T {
  const start = Math.max(entity.offset, from)
  const end = Math.min(entity.offset + entity.length, to)
  return { ...entity, offset: start, length: Math.max(0, end - start) }
}
