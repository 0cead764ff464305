import { BotError, GrammyError, HttpError } from 'grammy'

const LINE_MAX_CHARACTERS = 200

/*
 * Telegram documents no error texts; these are the ones of its Bot API server's source (Client.cpp), where letters
 * are as here. Codes in capitals come from the servers behind it.
 */
const NOT_MODIFIED = /message is not modified/
const QUERY_TOO_OLD = /query is too old|query ID is invalid|QUERY_ID_INVALID/
const MESSAGE_GONE =
  /message to (edit|delete|be replied|react) not found|message with poll to stop not found|message can't be (edited|deleted)|MESSAGE_ID_INVALID/
const POLL_CLOSED = /poll has already been closed|poll can't be stopped|message is not a poll/
const SHUT_OUT =
  /blocked by the user|user is deactivated|was kicked|not a member|chat was deleted|can't initiate conversation/
const NO_MEMBER = /user not found|member not found/
const MEMBER_UNKNOWN =
  /PARTICIPANT_ID_INVALID|USER_ID_INVALID|CHAT_ADMIN_REQUIRED|member list is inaccessible/
const NOT_ALLOWED =
  /not enough rights|have no rights|need administrator rights|CHAT_WRITE_FORBIDDEN|CHAT_SEND_\w+_FORBIDDEN|CHAT_RESTRICTED|TOPIC_CLOSED/

/** An edit that would have changed nothing: what was wanted is there already. */
export function isNotModified(error: unknown): boolean {
  return isRefusal(error, 400, NOT_MODIFIED)
}

/** Telegram waits some seconds only for the answer to a press; after that nobody sees it any more. */
export function isQueryTooOld(error: unknown): boolean {
  return isRefusal(error, 400, QUERY_TOO_OLD)
}

/** The message to edit, delete or answer has been deleted, or is too old (48 hours) to be touched. */
export function isMessageGone(error: unknown): boolean {
  return isRefusal(error, 400, MESSAGE_GONE)
}

/** The poll to stop takes no votes any more: what was wanted is so already. */
export function isPollClosed(error: unknown): boolean {
  return isRefusal(error, 400, POLL_CLOSED)
}

/** The bot may not write there: blocked, thrown out, never started, or the account is gone. */
export function isBlocked(error: unknown): boolean {
  return isRefusal(error, 403, SHUT_OUT) || isRefusal(error, 400, /chat not found|PEER_ID_INVALID/)
}

/** Somebody is in no group of that id that the bot is in. */
export function isNoMember(error: unknown): boolean {
  return isRefusal(error, 400, NO_MEMBER)
}

/** Telegram does not say of somebody whether they are in a group: the bot is no admin, and members are hidden. */
export function isMemberUnknown(error: unknown): boolean {
  return isRefusal(error, 400, MEMBER_UNKNOWN)
}

/** The bot is in the group, but may not write there, or not this. */
export function isNotAllowed(error: unknown): boolean {
  return isRefusal(error, 400, NOT_ALLOWED)
}

/** The id of the supergroup that a group has become; null when the error is another. */
export function migratedTo(error: unknown): number | null {
  const cause = causeOf(error)
  return cause instanceof GrammyError ? (cause.parameters.migrate_to_chat_id ?? null) : null
}

/** Telegram does not know the token. */
export function isUnknownBot(error: unknown): boolean {
  return isRefusal(error, 401) || isRefusal(error, 404)
}

/** Nothing is wrong with the call: the network, Telegram's servers, or too much at once. */
export function isPassing(error: unknown): boolean {
  const cause = causeOf(error)
  if (cause instanceof HttpError) return true
  return cause instanceof GrammyError && (cause.error_code >= 500 || [409, 429].includes(cause.error_code))
}

/** A call that was not answered in time. */
export function isTimeout(error: unknown): boolean {
  const cause = causeOf(error)
  return cause instanceof HttpError && nameOf(cause.error) === 'TimeoutError'
}

/** How long Telegram wants to be left alone; 0 when it has not said. */
export function retryAfterSeconds(error: unknown): number {
  const cause = causeOf(error)
  return cause instanceof GrammyError ? (cause.parameters.retry_after ?? 0) : 0
}

/**
 * An error as one line for the log. Addresses, tokens and whatever is quoted are left out: the address of a call
 * has the token in it, and Telegram quotes what people wrote.
 */
export function describeFailure(error: unknown): string {
  const cause = causeOf(error)
  if (cause instanceof GrammyError) {
    return harmless(`${cause.method}: ${cause.error_code} ${cause.description}`)
  }
  if (cause instanceof HttpError) {
    // The message of the error within has the address of the call.
    return harmless(`${cause.message} (${nameOf(cause.error)})`)
  }
  if (cause instanceof Error) return harmless(`${nameOf(cause)}: ${cause.message}`)
  return `something that is no error was thrown: ${typeof cause}`
}

function causeOf(error: unknown): unknown {
  return error instanceof BotError ? error.error : error
}

function isRefusal(error: unknown, code: number, description = /^/): boolean {
  const cause = causeOf(error)
  return cause instanceof GrammyError && cause.error_code === code && description.test(cause.description)
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

/** The first line without addresses, tokens and quotations. A database's error has its values on the second. */
function harmless(text: string): string {
  const [line = ''] = text.split('\n')
  return line
    .replace(/\w+:\/\/\S+/g, '…')
    .replace(/\d+:[\w-]{20,}/g, '…')
    .replace(/(?<!\w)'[^']*'|"[^"]*"/g, (quoted) => (/^'[a-zA-Z]+'$/.test(quoted) ? quoted : '…'))
    .slice(0, LINE_MAX_CHARACTERS)
}
