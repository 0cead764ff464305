import type { FormattedText } from './text.ts'

/** WORD JOINER: invisible, and allows no line break. */
const BREAK = '\u2060'

/** An @ that begins a name: the one in an e-mail address follows a Latin letter, a digit or an underscore. */
const MENTION = /(?<![A-Za-z0-9_])@(?=[A-Za-z0-9_])/g

/**
 * Breaks names such as @ann and @all, so that nobody is called by a card. In code Telegram finds no names, and
 * what is copied from there has to be right: it stays.
 *
 * @returns longer by one UTF-16 unit for each name
 */
export function withoutMentions({ text, entities }: FormattedText): FormattedText {
  const code = entities.filter(({ type }) => type === 'code' || type === 'pre')
  const breaks = [...text.matchAll(MENTION)]
    .map(({ index }) => index + 1)
    .filter((at) => !code.some(({ offset, length }) => offset < at && at <= offset + length))
  const before = (place: number) => breaks.filter((at) => at <= place).length
  const pieces = [0, ...breaks].map((from, index) => text.slice(from, breaks[index] ?? text.length))
  return {
    text: pieces.join(BREAK),
    entities: entities.map((entity) => {
      const end = entity.offset + entity.length
      const offset = entity.offset + before(entity.offset)
      return { ...entity, offset, length: end + before(end) - offset }
    }),
  }
}

/** How much longer a text that was split after {@link withoutMentions} can become by it. */
export const BREAK_LENGTH = BREAK.length
