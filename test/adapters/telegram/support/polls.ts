import type { Poll } from 'grammy/types'
import { findMessage } from './chats.ts'
import { checkedKeyboard, checkText, EXPLANATION_MAX_CHARACTERS, refuseParseModes } from './limits.ts'
import type { Methods, Payload } from './methods.ts'
import { post } from './posting.ts'
import { badRequest } from './refusal.ts'

const QUESTION_MAX_CHARACTERS = 300
const OPTION_MAX_CHARACTERS = 100
const EXPLANATION_MAX_LINE_FEEDS = 2

/** A poll and who voted how. */
export interface TestPoll {
  readonly poll: Poll
  readonly votes: Map<number, readonly number[]>
}

export type Polls = Map<string, TestPoll>

export const POLL_METHODS: Pick<Methods, 'sendPoll' | 'stopPoll'> = {
  sendPoll: (world, payload) => {
    const chat = world.chats.forBot(payload.chat_id)
    checkPoll(payload)
    const poll = pollOf(payload, String(7_000_000_000 + world.polls.size))
    const message = post(world, chat, payload, { poll })
    world.polls.set(poll.id, { poll, votes: new Map() })
    return message
  },

  stopPoll: ({ chats, polls }, { chat_id, message_id, reply_markup }) => {
    const message = findMessage(chats.forBot(chat_id), message_id, 'edit')
    const known = polls.get(message.poll?.id ?? '')
    if (known === undefined) throw badRequest('message is not a poll')
    if (known.poll.is_closed) throw badRequest('poll has already been closed')
    known.poll.is_closed = true
    delete message.reply_markup
    const keyboard = checkedKeyboard(reply_markup)
    if (keyboard !== undefined) message.reply_markup = keyboard
    return known.poll
  },
}

function pollOf(payload: Payload<'sendPoll'>, id: string): Poll {
  const type = payload.type ?? 'regular'
  return {
    id,
    question: payload.question,
    options: payload.options.map(({ text }, index) => ({
      persistent_id: `o${index}`,
      text,
      voter_count: 0,
    })),
    total_voter_count: 0,
    is_closed: payload.is_closed ?? false,
    is_anonymous: payload.is_anonymous ?? true,
    type,
    allows_multiple_answers: payload.allows_multiple_answers ?? false,
    allows_revoting: payload.allows_revoting ?? type === 'regular',
    members_only: false,
    ...(payload.correct_option_ids && { correct_option_ids: payload.correct_option_ids }),
    ...(payload.explanation && { explanation: payload.explanation }),
    ...(payload.open_period && { open_period: payload.open_period }),
    ...(payload.close_date && { close_date: payload.close_date }),
  }
}

function checkPoll(payload: Payload<'sendPoll'>): void {
  refuseParseModes(payload)
  const { question, options, type, correct_option_ids: correct = [], explanation = '' } = payload
  if (question.trim() === '') throw badRequest('poll question must be non-empty')
  checkText(question, payload.question_entities, {
    maxCharacters: QUESTION_MAX_CHARACTERS,
    tooLong: `poll question length must not exceed ${QUESTION_MAX_CHARACTERS}`,
  })
  if (options.length < 2) throw badRequest('poll must have at least 2 option')
  if (options.length > 12) throw badRequest("poll can't have more than 12 options")
  for (const option of options) {
    if (option.text.trim() === '') throw badRequest('poll options must be non-empty')
    checkText(option.text, option.text_entities, {
      maxCharacters: OPTION_MAX_CHARACTERS,
      tooLong: `poll options length must not exceed ${OPTION_MAX_CHARACTERS}`,
    })
  }
  if (new Set(options.map(({ text }) => text)).size < options.length) {
    throw badRequest('POLL_OPTION_DUPLICATE')
  }
  const known = correct.every((id) => Number.isInteger(id) && id >= 0 && id < options.length)
  if (!known || (type === 'quiz' && correct.length === 0)) {
    throw badRequest('wrong correct option ID specified')
  }
  checkText(explanation, payload.explanation_entities, {
    maxCharacters: EXPLANATION_MAX_CHARACTERS,
    tooLong: 'poll explanation is too long',
  })
  if (explanation.split('\n').length - 1 > EXPLANATION_MAX_LINE_FEEDS) {
    throw badRequest('poll explanation has too many line feeds')
  }
  if (payload.open_period !== undefined && payload.close_date !== undefined) {
    throw badRequest('test server: open_period and close_date cannot be used together')
  }
  if (payload.open_period !== undefined && (payload.open_period < 5 || payload.open_period > 2_628_000)) {
    throw badRequest('test server: open_period must be 5-2628000 seconds')
  }
}
