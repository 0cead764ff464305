import { Bot, type GrammyError, InputFile } from 'grammy'
import { describe, expect, it } from 'vitest'
import { connectionCut, hang, tooManyRequests } from './faults.ts'
import { buttonLabels, TelegramServer } from './server.ts'

async function withBot() {
  const server = await TelegramServer.start()
  const bot = new Bot(server.token, { client: { apiRoot: server.apiRoot } })
  await bot.init()
  const ann = server.user({ firstName: 'Ann' })
  ann.says('/start')
  return { server, api: bot.api, ann }
}

const failure = (description: string) => expect.objectContaining({ description })
const BUTTONS = { inline_keyboard: [[{ text: 'Good', callback_data: 'g' }]] }

describe('the test server', () => {
  it('hands what people do to a bot that polls, until it is confirmed', async () => {
    const { server, api, ann } = await withBot()
    await using _ = server
    const [first] = await api.getUpdates()
    expect(first?.message?.text).toBe('/start')
    expect(first?.message?.entities).toEqual([{ type: 'bot_command', offset: 0, length: 6 }])
    const next = api.getUpdates({ offset: (first?.update_id ?? 0) + 1, timeout: 25 })
    await server.until('a long poll', () => server.updates.polled)
    ann.says('hello')
    ann.says('again')
    expect((await next).map(({ message }) => message?.text)).toEqual(['hello', 'again'])
    expect(server.updates.pending.map(({ message }) => message?.text)).toEqual(['hello', 'again'])
  })

  it('shows presses and the answers to them', async () => {
    const { server, api, ann } = await withBot()
    await using _ = server
    await api.sendMessage(ann.id, 'How was it?', { reply_markup: BUTTONS })
    const message = await server.untilShown(ann.chat, /How/)
    expect(buttonLabels(message)).toEqual([['Good']])
    const press = ann.press(message, 'Good')
    await api.answerCallbackQuery(press.update.callback_query?.id ?? '', { text: 'Noted' })
    expect(await press.answered()).toEqual({ text: 'Noted', showAlert: false })
    await expect(api.answerCallbackQuery(press.update.callback_query?.id ?? '')).rejects.toEqual(
      failure('Bad Request: query is too old and response timeout expired or query ID is invalid'),
    )
    expect(() => ann.press(message, 'Bad')).toThrow('No button Bad to press among ["Good"]')
  })

  it('refuses edits of nothing and of what is gone', async () => {
    const { server, api, ann } = await withBot()
    await using _ = server
    const { message_id } = await api.sendMessage(ann.id, 'One', { reply_markup: BUTTONS })
    await expect(api.editMessageText(ann.id, message_id, 'One', { reply_markup: BUTTONS })).rejects.toThrow(
      'message is not modified',
    )
    await api.editMessageText(ann.id, message_id, 'Two')
    expect(server.lastShown(ann.chat)).toMatchObject({ text: 'Two' })
    expect(server.lastShown(ann.chat)?.reply_markup).toBeUndefined()
    await expect(api.editMessageReplyMarkup(ann.id, message_id)).rejects.toThrow('message is not modified')
    await api.deleteMessage(ann.id, message_id)
    await expect(api.editMessageText(ann.id, message_id, 'Three')).rejects.toEqual(
      failure('Bad Request: message to edit not found'),
    )
    expect(server.refused).toHaveLength(3)
  })

  it.each([
    ['a text too long', 'x'.repeat(4097), {}, 'message is too long'],
    ['no text', ' ', {}, 'message text is empty'],
    [
      'an entity out of the text',
      'abc',
      { entities: [{ type: 'bold', offset: 1, length: 3 }] },
      'ends after',
    ],
    ['half a character', '🎈', { entities: [{ type: 'bold', offset: 0, length: 1 }] }, 'middle of a UTF-16'],
    [
      'long button data',
      'abc',
      { reply_markup: { inline_keyboard: [[{ text: 'a', callback_data: 'é'.repeat(33) }]] } },
      'BUTTON_DATA_INVALID',
    ],
    ['a parse mode', 'abc', { parse_mode: 'HTML' }, 'parse_mode is not supported'],
  ])('refuses %s', async (_what, text, extra, why) => {
    const { server, api, ann } = await withBot()
    await using _ = server
    await expect(api.sendMessage(ann.id, text, extra as never)).rejects.toThrow(why)
  })

  it('does not let the bot write to those who do not want it', async () => {
    const { server, api, ann } = await withBot()
    await using _ = server
    const bob = server.user({ firstName: 'Bob' })
    await expect(api.sendMessage(bob.id, 'Hi')).rejects.toThrow("bot can't initiate conversation")
    ann.blocks()
    await expect(api.sendMessage(ann.id, 'Hi')).rejects.toThrow('bot was blocked by the user')
    const group = server.group({ type: 'group', members: [ann] })
    const supergroup = server.migrate(group)
    const refusal = await api.sendMessage(group.info.id, 'Hi').catch((error: GrammyError) => error)
    expect(refusal).toMatchObject({ parameters: { migrate_to_chat_id: supergroup.info.id } })
    const kinds = server.updates.pending.flatMap(({ update_id: _id, ...rest }) => Object.keys(rest))
    expect(kinds).toEqual(['message', 'my_chat_member', 'my_chat_member', 'message'])
  })

  it('keeps from the bot what is said to others in a group', async () => {
    const { server, api, ann } = await withBot()
    await using _ = server
    const group = server.group({ members: [ann] })
    const hi = await api.sendMessage(group.info.id, 'Hi')
    expect(ann.says('just us', { in: group }).update).toBeNull()
    expect(ann.says('/quiz@other_bot', { in: group }).update).toBeNull()
    expect(ann.says('/quiz', { in: group }).update).not.toBeNull()
    expect(ann.says('/quiz@deckhand_test_bot', { in: group }).update).not.toBeNull()
    expect(ann.says('to you', { in: group, replyTo: hi }).update?.message?.reply_to_message?.text).toBe('Hi')
  })

  it('runs quiz polls', async () => {
    const { server, api, ann } = await withBot()
    await using _ = server
    const group = server.group({ members: [ann] })
    const quiz = { type: 'quiz' as const, is_anonymous: false, correct_option_ids: [1] }
    const poll = await api.sendPoll(group.info.id, '1 + 1?', [{ text: '1' }, { text: '2' }], quiz)
    expect(ann.votes(poll, '2')?.poll_answer).toMatchObject({ poll_id: poll.poll.id, option_ids: [1] })
    expect(() => ann.votes(poll, '1')).toThrow('one vote')
    expect(await api.stopPoll(group.info.id, poll.message_id)).toMatchObject({ total_voter_count: 1 })
    await expect(api.stopPoll(group.info.id, poll.message_id)).rejects.toThrow('already been closed')
    await expect(
      api.sendPoll(group.info.id, '1 + 1?', [{ text: 'x'.repeat(101) }, { text: '2' }], quiz),
    ).rejects.toThrow('must not exceed 100')
  })

  it('takes documents', async () => {
    const { server, api, ann } = await withBot()
    await using _ = server
    const caption = 'All of it'
    await api.sendDocument(ann.id, new InputFile(Buffer.from('a,b\r\n1,2\r\n'), 'my cards.csv'), { caption })
    expect(server.lastDocument?.name).toBe('my cards.csv')
    expect(server.lastDocument?.content.toString()).toBe('a,b\r\n1,2\r\n')
    expect(server.lastShown(ann.chat)).toMatchObject({ caption, document: { file_name: 'my cards.csv' } })
  })

  it('goes wrong when told to', async () => {
    const { server, api, ann } = await withBot()
    await using _ = server
    server.fault('sendMessage', tooManyRequests(3))
    await expect(api.sendMessage(ann.id, 'a')).rejects.toMatchObject({ parameters: { retry_after: 3 } })
    server.fault('sendMessage', connectionCut({ taken: true }))
    await expect(api.sendMessage(ann.id, 'b')).rejects.toThrow("Network request for 'sendMessage' failed")
    const held = hang()
    server.fault('sendMessage', held)
    const sent = api.sendMessage(ann.id, 'c')
    await server.untilCalled('sendMessage', 3)
    held.release()
    await sent
    expect(ann.chat.messages.map(({ text }) => text)).toEqual(['/start', 'b', 'c'])
  })

  it('says what has happened when something is waited for in vain', async () => {
    const { server } = await withBot()
    await using _ = server
    await expect(server.until('a miracle', () => false, 10)).rejects.toThrow(
      'Nothing came in 10 ms of: a miracle\nThe last calls:\n  getMe: ok',
    )
  })
})
