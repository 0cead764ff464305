import { type APIInteraction, type APIInteractionResponse, ChannelType, MessageFlags } from 'discord.js'
import type { DiscordApi } from './api.ts'
import {
  describeFailure,
  isAlreadyAcknowledged,
  isMessageGone,
  isTokenExpired,
  isWebhookUnknown,
} from './failures.ts'
import {
  callbackOf,
  type Delivery,
  deferralFor,
  type FirstResponse,
  type Interaction,
  type Late,
  type OutgoingFile,
  type OutgoingMessage,
  type Visibility,
} from './interaction.ts'
import type { Log, Wait } from './persevere.ts'

/** The way of the first response. */
export interface FirstSender {
  /**
   * @returns false when nobody is there to take it any more
   * @throws DiscordAPIError as {@link DiscordApi.respond} does
   */
  send(callback: APIInteractionResponse, files: readonly OutgoingFile[]): Promise<boolean>
  /** False: files have to come later. */
  readonly takesFiles: boolean
  /** True: Discord learns of the response a moment after it was sent, and refuses what comes before that. */
  readonly isSlow: boolean
}

/** What came of the first response. */
type Outcome = FirstResponse | 'gone' | 'taken'

const NEVER = new AbortController().signal
/** How long to give Discord to learn of a response that it got over HTTP. */
const SETTLING_PAUSES_MS = [100, 300, 900]
/** Stands there for a moment only. */
const PLACEHOLDER = '…'
const ON_ITS_WAY: Delivery = { to: 'interaction', messageId: null }

/** One interaction that is being dealt with. */
export class LiveInteraction implements Interaction {
  readonly raw: APIInteraction
  readonly channel: Interaction['channel']
  readonly #api: DiscordApi
  readonly #sender: FirstSender
  readonly #log: Log
  readonly #wait: Wait
  #first: Promise<Outcome> | null = null
  #isDropped = false

  constructor(
    raw: APIInteraction,
    sender: FirstSender,
    { api, log, wait }: { api: DiscordApi; log: Log; wait: Wait },
  ) {
    this.raw = raw
    this.#api = api
    this.#sender = sender
    this.#log = log
    this.#wait = wait
    const id = raw.channel?.id ?? ''
    this.channel = { id, send: (message) => api.send(id, message) }
  }

  /** Whether a first response is out, or on its way. */
  get hasResponse(): boolean {
    return this.#first !== null
  }

  /** Sends what keeps Discord waiting, unless there has been a response. Never fails. */
  async defer(): Promise<void> {
    if (this.#first !== null || this.#isDropped) return
    await this.#give(deferralFor(this.raw)).catch((error: unknown) =>
      this.#log(`interaction ${this.raw.id}: not deferred: ${describeFailure(error)}`, 'warn'),
    )
  }

  /** Nothing is sent any more, whatever the handler does. */
  drop(): void {
    this.#isDropped = true
  }

  async respond(response: FirstResponse, late: Late = {}): Promise<Delivery | null> {
    if (this.#isDropped) return null
    if (this.#first !== null) return this.#follow(await this.#first, response, late)
    const needsFiles = filesOf(response).length > 0 && !this.#sender.takesFiles
    if (!needsFiles) {
      const outcome = await this.#give(response)
      return typeof outcome === 'object' ? ON_ITS_WAY : this.#tooLate(outcome, response, late)
    }
    const isUpdate = response.kind === 'update'
    const visibility = response.kind === 'message' ? response.visibility : 'private'
    const outcome = await this.#give(
      isUpdate ? { kind: 'deferred update' } : { kind: 'deferred', visibility },
    )
    return this.#follow(outcome, response, late)
  }

  async edit(message: OutgoingMessage, late: Late = {}): Promise<Delivery | null> {
    if (this.#isDropped) return null
    const outcome = await this.#responded('edit')
    const visibility = this.#visibilityOfOriginal(outcome)
    if (typeof outcome !== 'object') return this.#insteadOf(outcome, message, visibility, late)
    try {
      return await this.#sent(() => this.#api.editOriginal(this.raw, message), message, visibility, late)
    } catch (error) {
      // Deleted, or dismissed by the only one who saw it.
      if (!isMessageGone(error)) throw error
      return this.followUp(message, visibility, late)
    }
  }

  async followUp(
    message: OutgoingMessage,
    visibility: Visibility,
    late: Late = {},
  ): Promise<Delivery | null> {
    if (this.#isDropped) return null
    const outcome = await this.#responded('followUp')
    if (typeof outcome !== 'object') return this.#insteadOf(outcome, message, visibility, late)
    return this.#sent(() => this.#api.followUp(this.raw, message, visibility), message, visibility, late)
  }

  async deleteOriginal(): Promise<void> {
    if (this.#isDropped || typeof (await this.#responded('deleteOriginal')) !== 'object') return
    await this.#unlessExpired(() => this.#api.deleteOriginal(this.raw))
  }

  async original() {
    if (this.#isDropped || typeof (await this.#responded('original')) !== 'object') return null
    return this.#unlessExpired(() => this.#api.original(this.raw))
  }

  /** @returns what came of it; a failure that may pass leaves the first response to whoever tries next */
  #give(response: FirstResponse): Promise<Outcome> {
    const giving = this.#sender.send(callbackOf(response), filesOf(response)).then(
      (isTaken): Outcome => (isTaken ? response : 'gone'),
      (error: unknown): Outcome => {
        if (isAlreadyAcknowledged(error)) return 'taken'
        if (isTokenExpired(error)) return 'gone'
        this.#first = null
        throw error
      },
    )
    this.#first = giving
    return giving
  }

  #responded(what: string): Promise<Outcome> {
    if (this.#first === null) throw new Error(`${what} before the first response: call respond first`)
    return this.#first
  }

  /** What a second response comes to. */
  async #follow(outcome: Outcome, response: FirstResponse, late: Late): Promise<Delivery | null> {
    if (typeof outcome !== 'object') return this.#tooLate(outcome, response, late)
    switch (response.kind) {
      case 'message': {
        const { message, visibility } = response
        if (outcome.kind !== 'deferred') return this.followUp(message, visibility, late)
        if (outcome.visibility === visibility) return this.edit(message, late)
        return this.#inAnotherView(message, visibility, late)
      }
      case 'update':
        return this.edit(response.message, late)
      case 'modal':
        this.#say('a form came after the deferral, and cannot be opened')
        return null
      default:
        // Another deferral, or suggestions after the empty ones: whoever typed has typed on.
        return null
    }
  }

  /** Whether a message is private is settled by the deferral: another one takes its place. */
  async #inAnotherView(
    message: OutgoingMessage,
    visibility: Visibility,
    late: Late,
  ): Promise<Delivery | null> {
    // As long as the first one is "thinking", the next one would become it.
    try {
      await this.#unlessExpired(() => this.#api.editOriginal(this.raw, { content: PLACEHOLDER }))
    } catch (error) {
      if (!isMessageGone(error)) throw error
    }
    const delivery = await this.followUp(message, visibility, late)
    await this.deleteOriginal()
    return delivery
  }

  #tooLate(outcome: 'gone' | 'taken', response: FirstResponse, late: Late): Promise<Delivery | null> {
    if (response.kind === 'message') {
      return this.#insteadOf(outcome, response.message, response.visibility, late)
    }
    if (response.kind !== 'update') return this.#insteadOf(outcome, null, 'private', late)
    return this.#insteadOf(outcome, response.message, this.#visibilityOfOriginal(response), late)
  }

  async #sent(
    call: () => Promise<{ id: string }>,
    message: OutgoingMessage,
    visibility: Visibility,
    late: Late,
  ): Promise<Delivery | null> {
    const sent = await this.#unlessExpired(call)
    if (sent !== null) return { to: 'interaction', messageId: sent.id }
    return this.#insteadOf('gone', message, visibility, late)
  }

  async #unlessExpired<T>(call: () => Promise<T>): Promise<T | null> {
    const pausesMs = this.#sender.isSlow ? [...SETTLING_PAUSES_MS] : []
    for (;;) {
      try {
        return await call()
      } catch (error) {
        const pauseMs = isWebhookUnknown(error) ? pausesMs.shift() : undefined
        if (pauseMs !== undefined) await this.#wait(pauseMs, NEVER)
        else if (isTokenExpired(error)) return null
        else throw error
      }
    }
  }

  /** For what the interaction no longer takes: a plain message where that is wanted and shows nobody's own affairs. */
  async #insteadOf(
    outcome: 'gone' | 'taken',
    message: OutgoingMessage | null,
    visibility: Visibility,
    { whenLate = 'drop' }: Late,
  ): Promise<Delivery | null> {
    // Another process says it.
    if (outcome === 'taken') return null
    const isOpen = visibility === 'everyone' || this.raw.channel?.type === ChannelType.DM
    if (message === null || whenLate === 'drop' || !isOpen || this.#isDropped) {
      this.#say('the answer came too late and was dropped')
      return null
    }
    const { id } = await this.channel.send(message)
    return { to: 'channel', messageId: id }
  }

  #visibilityOfOriginal(outcome: Outcome): Visibility {
    if (typeof outcome === 'object' && 'visibility' in outcome) return outcome.visibility
    const flags = this.raw.message?.flags ?? MessageFlags.Ephemeral
    return (flags & MessageFlags.Ephemeral) !== 0 ? 'private' : 'everyone'
  }

  #say(what: string): void {
    this.#log(`interaction ${this.raw.id}: ${what}`, 'warn')
  }
}

function filesOf(response: FirstResponse): readonly OutgoingFile[] {
  return 'message' in response ? (response.message.files ?? []) : []
}
