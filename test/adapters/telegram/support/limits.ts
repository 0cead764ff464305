import type { InlineKeyboardMarkup, MessageEntity } from 'grammy/types'
import { badRequest } from './refusal.ts'

export const TEXT_MAX_CHARACTERS = 4096
export const CAPTION_MAX_CHARACTERS = 1024
export const EXPLANATION_MAX_CHARACTERS = 200
const CALLBACK_DATA_MAX_BYTES = 64
const KEYBOARD_MAX_BUTTONS = 100
const ROW_MAX_BUTTONS = 8
const BUTTON_ACTIONS = ['url', 'callback_data', 'switch_inline_query', 'copy_text', 'web_app', 'login_url']

const STYLES = ['bold', 'italic', 'underline', 'strikethrough', 'spoiler', 'text_link']
const CODE = ['code', 'pre']
const FOUND_BY_TELEGRAM = ['mention', 'hashtag', 'bot_command', 'url', 'email', 'text_mention']
const QUOTES = ['blockquote', 'expandable_blockquote']
const KNOWN = [...STYLES, ...CODE, ...FOUND_BY_TELEGRAM, ...QUOTES, 'custom_emoji', 'date_time']

/** @throws Refusal for text that Telegram would not take with these entities */
export function checkText(
  text: string,
  entities: readonly MessageEntity[] | undefined,
  { maxCharacters, tooLong }: { maxCharacters: number; tooLong: string },
): void {
  if ([...text].length > maxCharacters) throw badRequest(tooLong)
  checkEntities(text, entities ?? [])
}

/** Parse modes are Telegram's parsers: this server has none of them. */
export function refuseParseModes(payload: object): void {
  for (const name of Object.keys(payload)) {
    if (name.endsWith('parse_mode')) throw badRequest(`test server: ${name} is not supported, send entities`)
  }
}

function checkEntities(text: string, entities: readonly MessageEntity[]): void {
  for (const { type, offset, length, ...rest } of entities) {
    const end = offset + length
    if (!KNOWN.includes(type)) throw entityError(`Unsupported type "${type}" of entity specified`)
    if (!Number.isInteger(offset) || offset < 0) {
      throw entityError(`Receive an entity with incorrect offset ${offset}`)
    }
    if (!Number.isInteger(length) || length <= 0) {
      throw entityError(`Receive an entity with incorrect length ${length}`)
    }
    if (end > text.length) {
      throw entityError(
        `Entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${end}`,
      )
    }
    for (const edge of [offset, end]) {
      if (/[\uDC00-\uDFFF]/.test(text[edge] ?? '')) {
        throw entityError(`Entity begins or ends in a middle of a UTF-16 symbol at UTF-16 offset ${edge}`)
      }
    }
    if (type === 'text_link' && !('url' in rest && rest.url !== '')) {
      throw entityError('Empty url of a text_link')
    }
  }
  checkNesting(entities)
}

/** Telegram drops one of two entities that may not be nested; here that is an error, so that a test sees it. */
function checkNesting(entities: readonly MessageEntity[]): void {
  for (const [index, a] of entities.entries()) {
    for (const b of entities.slice(index + 1)) {
      const overlap = a.offset < b.offset + b.length && b.offset < a.offset + a.length
      if (!overlap) continue
      const types = [a.type, b.type]
      const quotes = types.filter((type) => QUOTES.includes(type)).length
      if (quotes === 2 || (quotes === 0 && types.some((type) => CODE.includes(type)))) {
        throw entityError(`test server: ${types.join(' and ')} may not overlap`)
      }
    }
  }
}

function entityError(why: string) {
  return badRequest(`can't parse entities: ${why}`)
}

/**
 * The buttons of a payload as the message will carry them.
 *
 * @returns undefined for none, and for markups that are not part of a message (ForceReply)
 */
export function checkedKeyboard(markup: unknown): InlineKeyboardMarkup | undefined {
  if (typeof markup !== 'object' || markup === null || !('inline_keyboard' in markup)) return undefined
  const rows = (markup as InlineKeyboardMarkup).inline_keyboard.filter((row) => row.length > 0)
  const buttons = rows.flat()
  if (buttons.length > KEYBOARD_MAX_BUTTONS || rows.some((row) => row.length > ROW_MAX_BUTTONS)) {
    throw badRequest('reply markup is too long')
  }
  for (const button of buttons) {
    if (button.text.trim() === '') {
      throw badRequest('field "text" must be non-empty in an InlineKeyboardButton')
    }
    const actions = BUTTON_ACTIONS.filter((action) => action in button)
    if (actions.length !== 1) throw badRequest('text buttons are unallowed in the inline keyboard')
    if ('callback_data' in button) {
      const bytes = Buffer.byteLength(button.callback_data)
      if (bytes < 1 || bytes > CALLBACK_DATA_MAX_BYTES) throw badRequest('BUTTON_DATA_INVALID')
    }
    if ('url' in button && !/^(https?|tg):\/\/./.test(button.url)) {
      throw badRequest(`inline keyboard button URL '${button.url}' is invalid: Wrong HTTP URL`)
    }
  }
  return buttons.length > 0 ? { inline_keyboard: rows } : undefined
}
