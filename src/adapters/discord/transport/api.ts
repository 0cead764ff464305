import { randomBytes } from 'node:crypto'
import {
  type APIApplicationCommand,
  type APIInteractionResponse,
  type APIMessage,
  type RawFile,
  REST,
  RESTEvents,
  type RESTPutAPIApplicationCommandsJSONBody,
  Routes,
} from 'discord.js'
import { UNWATCHED, type Watch } from '../../../core/watch.ts'
import {
  failureCode,
  isAlreadyAcknowledged,
  isForbidden,
  isGuildUnknown,
  isMessageGone,
  isNetworkFailure,
  isNoMember,
  isPassing,
} from './failures.ts'
import { bodyOf, type OutgoingFile, type OutgoingMessage, type Visibility } from './interaction.ts'

export interface ApiOptions {
  readonly token: string
  /** Of a proxy, without version and slash at its end; null: Discord's own. */
  readonly apiRoot: string | null
  /** Without an answer for so long, a call fails. */
  readonly timeoutMs?: number
  /** The pause before a call is tried again that the network or Discord's servers failed; it doubles. */
  readonly pauseMs?: number
  readonly watch?: Watch
}

/** The application that the bot belongs to. */
export interface Application {
  readonly id: string
  readonly name: string
}

/** What an interaction's calls need of it. */
export interface Reference {
  readonly id: string
  readonly application_id: string
  readonly token: string
}

const TIMEOUT_MS = 10_000
const PAUSE_MS = 300
const TRIES = 3
/** Discord waits three seconds for a first response: two tries, after 1.5 s of work at the most. */
const CALLBACK_TIMEOUT_MS = 700
const CALLBACK_PAUSE_MS = 50
const TOO_MANY_REQUESTS = 429

/**
 * Discord's REST calls, as far as the bot needs them. discord.js obeys rate limits; failures of Discord's servers and
 * of the network are tried again here, wherever doing it twice is doing it once.
 */
export class DiscordApi {
  readonly #rest: REST
  readonly #watch: Watch
  readonly #pauseMs: number
  readonly #callbackTimeoutMs: number

  constructor({ token, apiRoot, timeoutMs = TIMEOUT_MS, pauseMs = PAUSE_MS, watch = UNWATCHED }: ApiOptions) {
    // discord.js would repeat every call that failed, also those that may have worked.
    const common = { retries: 0, timeout: timeoutMs }
    this.#rest = new REST(apiRoot === null ? common : { ...common, api: apiRoot }).setToken(token)
    // discord.js waits for rate limits by itself, and says nothing of it otherwise.
    this.#rest.on(RESTEvents.Response, (_request, { status }) => {
      if (status === TOO_MANY_REQUESTS) watch.refused('discord', status)
    })
    this.#watch = watch
    this.#pauseMs = pauseMs
    this.#callbackTimeoutMs = Math.min(timeoutMs, CALLBACK_TIMEOUT_MS)
  }

  /** Asks who the bot is. @throws DiscordAPIError when Discord does not know the token (`isUnknownBot`) */
  async application(): Promise<Application> {
    const application = await this.#repeat(() => this.#rest.get(Routes.currentApplication()))
    return application as Application
  }

  /**
   * Gives the first response to an interaction.
   *
   * @throws DiscordAPIError 10062 when it is too late, 40060 when another process has given it
   */
  async respond(
    { id, token }: Reference,
    body: APIInteractionResponse,
    files: readonly OutgoingFile[] = [],
  ): Promise<void> {
    return this.#watch.call('discord', () => this.#respond({ id, token }, body, files))
  }

  async #respond(
    { id, token }: Pick<Reference, 'id' | 'token'>,
    body: APIInteractionResponse,
    files: readonly OutgoingFile[],
  ): Promise<void> {
    for (let isFirstTry = true; ; isFirstTry = false) {
      try {
        const signal = AbortSignal.timeout(this.#callbackTimeoutMs)
        await this.#rest.post(Routes.interactionCallback(id, token), {
          auth: false,
          body,
          files: rawFiles(files),
          signal,
        })
        return
      } catch (error) {
        this.#watch.refused('discord', failureCode(error))
        // The first try has worked; only its answer was lost.
        if (!isFirstTry && isAlreadyAcknowledged(error)) return
        if (!isFirstTry || !isPassing(error)) throw error
        await delay(Math.min(this.#pauseMs, CALLBACK_PAUSE_MS))
      }
    }
  }

  /** @throws DiscordAPIError when the interaction is over (`isTokenExpired`) or the message gone */
  async original({ application_id, token }: Reference): Promise<APIMessage> {
    const route = Routes.webhookMessage(application_id, token)
    return (await this.#repeat(() => this.#rest.get(route, { auth: false }))) as APIMessage
  }

  /** As {@link original}. */
  async editOriginal({ application_id, token }: Reference, message: OutgoingMessage): Promise<APIMessage> {
    const route = Routes.webhookMessage(application_id, token)
    return (await this.#repeat(() =>
      this.#rest.patch(route, { auth: false, ...requestOf(message) }),
    )) as APIMessage
  }

  /** As {@link original}; that the message is gone does not matter. */
  async deleteOriginal({ application_id, token }: Reference): Promise<void> {
    const route = Routes.webhookMessage(application_id, token)
    await unlessGone(this.#repeat(() => this.#rest.delete(route, { auth: false })))
  }

  /** As {@link original}. */
  async followUp(
    { application_id, token }: Reference,
    message: OutgoingMessage,
    visibility: Visibility,
  ): Promise<APIMessage> {
    const route = Routes.webhook(application_id, token)
    const request = { auth: false, ...requestOf(message, visibility) }
    // Without an answer it may have been sent, and Discord takes no key to tell.
    return (await this.#repeat(
      () => this.#rest.post(route, request),
      (error) => !isNetworkFailure(error),
    )) as APIMessage
  }

  /**
   * Writes into a channel where the bot itself is.
   *
   * @param nonce at most 25 characters: with the same one, Discord sends it once (for some minutes)
   * @throws DiscordAPIError when it may not (`isForbidden`, `isDirectMessageRefused`, `isChannelGone`)
   */
  async send(
    channelId: string,
    message: OutgoingMessage,
    nonce = randomBytes(12).toString('hex'),
  ): Promise<APIMessage> {
    const { body, files } = requestOf(message)
    const request = { body: { ...body, nonce, enforce_nonce: true }, files }
    return (await this.#repeat(() =>
      this.#rest.post(Routes.channelMessages(channelId), request),
    )) as APIMessage
  }

  /** Changes a message of the bot's, however old. @throws DiscordAPIError as {@link send}, or `isMessageGone` */
  async edit(channelId: string, messageId: string, message: OutgoingMessage): Promise<APIMessage> {
    const route = Routes.channelMessage(channelId, messageId)
    return (await this.#repeat(() => this.#rest.patch(route, requestOf(message)))) as APIMessage
  }

  /** Deletes a message of the bot's; that it is gone already does not matter. @throws as {@link send} */
  async delete(channelId: string, messageId: string): Promise<void> {
    await unlessGone(this.#repeat(() => this.#rest.delete(Routes.channelMessage(channelId, messageId))))
  }

  /** Shows "… is typing" for some seconds, where the bot may write. @throws as {@link send} */
  async type(channelId: string): Promise<void> {
    await this.#repeat(() => this.#rest.post(Routes.channelTyping(channelId)))
  }

  /** A server that the bot is in. @throws DiscordAPIError when it is not (`isForbidden`, `isGuildUnknown`) */
  async guild(guildId: string): Promise<{ readonly id: string; readonly name: string }> {
    return (await this.#repeat(() => this.#rest.get(Routes.guild(guildId)))) as { id: string; name: string }
  }

  /**
   * Whether somebody is in a server.
   *
   * @returns null when Discord does not say: the bot is not there itself
   */
  async isMember(guildId: string, userId: string): Promise<boolean | null> {
    try {
      await this.#repeat(() => this.#rest.get(Routes.guildMember(guildId, userId)))
      return true
    } catch (error) {
      if (isNoMember(error)) return false
      if (isForbidden(error) || isGuildUnknown(error)) return null
      throw error
    }
  }

  /** The id of the channel for direct messages with somebody. */
  async directChannel(userId: string): Promise<string> {
    const body = { recipient_id: userId }
    const channel = await this.#repeat(() => this.#rest.post(Routes.userChannels(), { body }))
    return (channel as { id: string }).id
  }

  /** The commands that are registered everywhere. */
  async commands(applicationId: string): Promise<APIApplicationCommand[]> {
    const route = Routes.applicationCommands(applicationId)
    return (await this.#repeat(() => this.#rest.get(route))) as APIApplicationCommand[]
  }

  /** Registers exactly these commands everywhere. */
  async setCommands(applicationId: string, body: RESTPutAPIApplicationCommandsJSONBody): Promise<void> {
    await this.#repeat(() => this.#rest.put(Routes.applicationCommands(applicationId), { body }))
  }

  /** Tries again what failed in passing, a few times. */
  #repeat<T>(call: () => Promise<T>, mayRepeat: (error: unknown) => boolean = () => true): Promise<T> {
    return this.#watch.call('discord', () => this.#tries(call, mayRepeat))
  }

  async #tries<T>(call: () => Promise<T>, mayRepeat: (error: unknown) => boolean): Promise<T> {
    for (let left = TRIES - 1, pauseMs = this.#pauseMs; ; left--, pauseMs *= 2) {
      try {
        return await call()
      } catch (error) {
        this.#watch.refused('discord', failureCode(error))
        if (left === 0 || !isPassing(error) || !mayRepeat(error)) throw error
        await delay(pauseMs)
      }
    }
  }
}

function requestOf(message: OutgoingMessage, visibility?: Visibility) {
  return { body: bodyOf(message, visibility), files: rawFiles(message.files ?? []) }
}

function rawFiles(files: readonly OutgoingFile[]): RawFile[] {
  return files.map(({ name, content }) => ({ name, data: content }))
}

async function unlessGone(call: Promise<unknown>): Promise<void> {
  try {
    await call
  } catch (error) {
    if (!isMessageGone(error)) throw error
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
