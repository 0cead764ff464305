import { BotError, type Context, GrammyError, HttpError } from 'grammy'
import { describe, expect, it } from 'vitest'
import {
  describeFailure,
  isBlocked,
  isMessageGone,
  isNotModified,
  isPassing,
  isQueryTooOld,
  isUnknownBot,
  migratedTo,
} from '../../../../src/adapters/telegram/transport/failures.ts'

const TOKEN = '123456789:AAsecret-secret_secret-secret_secre'

function refusal(error_code: number, description: string, parameters = {}): GrammyError {
  const error = { ok: false as const, error_code, description, parameters }
  return new GrammyError("Call to 'sendMessage' failed!", error, 'sendMessage', { text: 'my diary' })
}

/** As grammY gives them to the error handler. */
const inMiddleware = (error: unknown) => new BotError(error, {} as Context)

const KINDS = {
  isBlocked,
  isMessageGone,
  isNotModified,
  isPassing,
  isQueryTooOld,
  isUnknownBot,
}

describe('failures of Telegram', () => {
  it.each<[keyof typeof KINDS, number, string]>([
    [
      'isNotModified',
      400,
      'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    ],
    [
      'isQueryTooOld',
      400,
      'Bad Request: query is too old and response timeout expired or query ID is invalid',
    ],
    ['isMessageGone', 400, 'Bad Request: message to edit not found'],
    ['isMessageGone', 400, "Bad Request: message can't be edited"],
    ['isMessageGone', 400, 'Bad Request: message to delete not found'],
    ['isMessageGone', 400, "Bad Request: message can't be deleted for everyone"],
    ['isMessageGone', 400, 'Bad Request: message with poll to stop not found'],
    ['isMessageGone', 400, 'Bad Request: MESSAGE_ID_INVALID'],
    ['isBlocked', 403, 'Forbidden: bot was blocked by the user'],
    ['isBlocked', 403, 'Forbidden: user is deactivated'],
    ['isBlocked', 403, 'Forbidden: bot was kicked from the supergroup chat'],
    ['isBlocked', 403, 'Forbidden: bot is not a member of the channel chat'],
    ['isBlocked', 403, "Forbidden: bot can't initiate conversation with a user"],
    ['isBlocked', 400, 'Bad Request: chat not found'],
    ['isUnknownBot', 401, 'Unauthorized'],
    ['isUnknownBot', 404, 'Not Found'],
    ['isPassing', 429, 'Too Many Requests: retry after 5'],
    ['isPassing', 409, 'Conflict: terminated by other getUpdates request'],
    ['isPassing', 502, 'Bad Gateway'],
  ])('are told apart: %s %s %s', (kind, code, description) => {
    const error = refusal(code, description)
    for (const [name, isKind] of Object.entries(KINDS)) {
      expect(isKind(error), name).toBe(name === kind)
      expect(isKind(inMiddleware(error)), name).toBe(name === kind)
    }
  })

  it('are none of these when Telegram refuses what was asked', () => {
    const others = [
      refusal(400, 'Bad Request: message text is empty'),
      refusal(403, 'Forbidden: not enough rights'),
      new Error('message is not modified'),
      null,
    ]
    for (const error of others) {
      for (const [name, isKind] of Object.entries(KINDS)) expect(isKind(error), name).toBe(false)
    }
  })

  it('say which supergroup a group has become', () => {
    const moved = refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: -100123,
    })
    expect(migratedTo(moved)).toBe(-100123)
    expect(migratedTo(inMiddleware(moved))).toBe(-100123)
    expect(migratedTo(refusal(400, 'Bad Request: chat not found'))).toBeNull()
  })
})

describe('the line for the log', () => {
  const unreachable = Object.assign(
    new Error(`request to https://api.telegram.org/bot${TOKEN}/sendMessage failed`),
    { code: 'ECONNREFUSED' },
  )

  it.each([
    [refusal(429, 'Too Many Requests: retry after 5'), 'sendMessage: 429 Too Many Requests: retry after 5'],
    [
      refusal(400, "Bad Request: message can't be edited"),
      "sendMessage: 400 Bad Request: message can't be edited",
    ],
    [
      refusal(400, "Bad Request: button URL 'my diary' is invalid"),
      'sendMessage: 400 Bad Request: button URL … is invalid',
    ],
    [refusal(400, 'Bad Request: can\'t parse "my diary"'), "sendMessage: 400 Bad Request: can't parse …"],
    [
      new HttpError("Network request for 'sendMessage' failed!", unreachable),
      "Network request for 'sendMessage' failed! (ECONNREFUSED)",
    ],
    [
      inMiddleware(new Error('Failed query: insert into reports\nparams: my diary')),
      'Error: Failed query: insert into reports',
    ],
    [unreachable, 'ECONNREFUSED: request to … failed'],
    [new Error(`got ${TOKEN}!`), 'Error: got …!'],
    ['my diary', 'something that is no error was thrown: string'],
  ])('has neither token nor address nor what people wrote', (error, line) => {
    expect(describeFailure(error)).toBe(line)
  })

  it('is one short line', () => {
    expect(describeFailure(new Error(`${'x'.repeat(1000)}\nmore`))).toMatch(/^.{1,200}$/)
  })
})
