import { DiscordAPIError, HTTPError, RESTJSONErrorCodes } from 'discord.js'

const LINE_MAX_CHARACTERS = 200

/** Failures of the network, by the codes of Node and of undici. */
const NETWORK_CODE = /^(ECONN|ENOTFOUND|EAI_|EPIPE|ETIMEDOUT|ENET|EHOST|UND_ERR_)/

/** Discord shows "did not respond": three seconds are over, or somebody invented the interaction. */
export function isInteractionGone(error: unknown): boolean {
  return isRefusal(error, RESTJSONErrorCodes.UnknownInteraction)
}

/** The first response has been given: by another process, or by a try whose answer was lost. */
export function isAlreadyAcknowledged(error: unknown): boolean {
  return isRefusal(error, RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged)
}

/** Nothing can be done with the interaction any more: its fifteen minutes are over, or it never began. */
export function isTokenExpired(error: unknown): boolean {
  return (
    isInteractionGone(error) ||
    isRefusal(error, RESTJSONErrorCodes.UnknownWebhook, RESTJSONErrorCodes.InvalidWebhookToken)
  )
}

/** The webhook of an interaction is not there: not yet, right after a first response over HTTP, or not any more. */
export function isWebhookUnknown(error: unknown): boolean {
  return isRefusal(error, RESTJSONErrorCodes.UnknownWebhook)
}

/** The bot may not write there: it is not in that server, or lacks a permission. */
export function isForbidden(error: unknown): boolean {
  return isRefusal(error, RESTJSONErrorCodes.MissingAccess, RESTJSONErrorCodes.MissingPermissions)
}

/** The person takes no direct messages from the bot. */
export function isDirectMessageRefused(error: unknown): boolean {
  return isRefusal(error, RESTJSONErrorCodes.CannotSendMessagesToThisUser)
}

/** The message has been deleted. */
export function isMessageGone(error: unknown): boolean {
  return isRefusal(error, RESTJSONErrorCodes.UnknownMessage)
}

/** The channel has been deleted. */
export function isChannelGone(error: unknown): boolean {
  return isRefusal(error, RESTJSONErrorCodes.UnknownChannel)
}

/** The bot is not in that server, or there is none. */
export function isGuildUnknown(error: unknown): boolean {
  return isRefusal(error, RESTJSONErrorCodes.UnknownGuild)
}

/** Nobody of that id is in the server. */
export function isNoMember(error: unknown): boolean {
  return isRefusal(error, RESTJSONErrorCodes.UnknownMember, RESTJSONErrorCodes.UnknownUser)
}

/** Discord does not know the token of the bot. */
export function isUnknownBot(error: unknown): boolean {
  const isRefused = error instanceof DiscordAPIError && error.status === 401 && error.code === 0
  return isRefused || (error instanceof Error && 'code' in error && error.code === 'TokenInvalid')
}

/** Nothing is wrong with the call: the network, Discord's servers, or no answer in time. */
export function isPassing(error: unknown): boolean {
  return error instanceof HTTPError || isNetworkFailure(error)
}

/** The call has had no answer: whether it took effect is unknown. */
export function isNetworkFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return true
  const cause = error.cause instanceof Error ? error.cause : error
  return 'code' in cause && typeof cause.code === 'string' && NETWORK_CODE.test(cause.code)
}

/** What went wrong as Discord's number for it, HTTP's, or a word: there are only so many of them. */
export function failureCode(error: unknown): number | string {
  if (error instanceof DiscordAPIError) return Number(error.code) > 0 ? Number(error.code) : error.status
  if (error instanceof HTTPError) return error.status
  return isNetworkFailure(error) ? 'network' : 'other'
}

/**
 * An error as one line for the log. Tokens, addresses and whatever is quoted are left out: the address of an
 * interaction's calls has its token in it, and an error of a database may quote what people wrote.
 */
export function describeFailure(error: unknown): string {
  if (error instanceof DiscordAPIError) {
    return limited(`${callOf(error)}: ${error.code} ${harmless(rawMessageOf(error))}${brokenFieldsOf(error)}`)
  }
  if (error instanceof HTTPError)
    return limited(`${callOf(error)}: ${error.status} ${harmless(error.message)}`)
  if (error instanceof Error) {
    const cause = error.cause instanceof Error ? ` (${nameOf(error.cause)})` : ''
    return limited(`${nameOf(error)}: ${harmless(error.message)}${cause}`)
  }
  return `something that is no error was thrown: ${typeof error}`
}

function isRefusal(error: unknown, ...codes: readonly number[]): boolean {
  return error instanceof DiscordAPIError && codes.includes(Number(error.code))
}

/** Method and path; what follows the id of an interaction or an application there is a token. */
function callOf({ method, url }: DiscordAPIError | HTTPError): string {
  const path = URL.canParse(url) ? new URL(url).pathname : ''
  const shown = path
    .replace(/^.*?\/v\d+(?=\/)/, '')
    .replace(/\/(interactions|webhooks)\/(\d+)\/[^/]+/, '/$1/$2/…')
  return `${method.toUpperCase()} ${shown}`
}

function rawMessageOf({ rawError }: DiscordAPIError): string {
  return 'message' in rawError ? rawError.message : rawError.error
}

/** Which fields of a body Discord did not take, as in " (components[0].label BASE_TYPE_MAX_LENGTH)". */
function brokenFieldsOf({ message }: DiscordAPIError): string {
  const fields = [...message.matchAll(/^(\S+)\[(\w+)\]: /gm)].map(([, path, code]) => `${path} ${code}`)
  return fields.length === 0 ? '' : ` (${fields.join(', ')})`
}

function nameOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

/** The first line without addresses, tokens and quotations. A database's error has its values on the second. */
function harmless(text: string): string {
  const [line = ''] = text.split('\n')
  return line
    .replace(/\w+:\/\/\S+/g, '…')
    .replace(/[\w-]{16,}\.[\w-]{4,}\.[\w-]{16,}|[\w-]{40,}/g, '…')
    .replace(/(?<!\w)'[^']*'|"[^"]*"/g, (quoted) => (/^'[a-zA-Z]+'$/.test(quoted) ? quoted : '…'))
}

function limited(line: string): string {
  return line.slice(0, LINE_MAX_CHARACTERS)
}
