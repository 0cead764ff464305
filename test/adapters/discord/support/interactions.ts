import {
  type APIApplicationCommandOptionChoice,
  type APIInteraction,
  type APIMessage,
  type APIModalInteractionResponseCallbackData,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
} from 'discord.js'
import type { SentFile } from './calls.ts'
import type { Channels, Draft, TestChannel } from './channels.ts'
import { checkChoices, checkModal } from './limits.ts'
import {
  alreadyAcknowledged,
  invalidForm,
  invalidToken,
  unknownInteraction,
  unknownMessage,
  unknownWebhook,
} from './refusal.ts'

/** Discord shows "did not respond" after so long. */
const FIRST_RESPONSE_MS = 3000

export type ResponseKind = 'message' | 'deferred' | 'update' | 'deferred update' | 'modal' | 'choices'

const FITTING: Partial<Record<InteractionType, readonly InteractionResponseType[]>> = {
  [InteractionType.ApplicationCommand]: [4, 5, 9],
  [InteractionType.MessageComponent]: [4, 5, 6, 7, 9],
  [InteractionType.ApplicationCommandAutocomplete]: [8],
  [InteractionType.ModalSubmit]: [4, 5, 6, 7],
}

const KINDS: Partial<Record<InteractionResponseType, ResponseKind>> = {
  [InteractionResponseType.ChannelMessageWithSource]: 'message',
  [InteractionResponseType.DeferredChannelMessageWithSource]: 'deferred',
  [InteractionResponseType.DeferredMessageUpdate]: 'deferred update',
  [InteractionResponseType.UpdateMessage]: 'update',
  [InteractionResponseType.ApplicationCommandAutocompleteResult]: 'choices',
  [InteractionResponseType.Modal]: 'modal',
}

/** A response as the bot sends it. */
export interface Callback {
  readonly type: InteractionResponseType
  // biome-ignore lint/suspicious/noExplicitAny: what a bot sends may be anything
  readonly data?: any
}

/** Something that a person did, and what the bot made of it. */
export class TestInteraction {
  readonly payload: APIInteraction
  readonly channel: TestChannel
  /** The message it was done on. */
  readonly target: APIMessage | null
  readonly createdMs = Date.now()
  /** The bot's first response; null: none yet. */
  kind: ResponseKind | null = null
  /** How long the first response took, in milliseconds. */
  respondedMs: number | null = null
  modal: APIModalInteractionResponseCallbackData | null = null
  choices: APIApplicationCommandOptionChoice[] | null = null
  /** What @original is: the bot's message, or the one that was pressed. */
  original: APIMessage | null = null
  readonly followUps: APIMessage[] = []
  /** How often the bot has edited @original. */
  edits = 0
  /** How often the bot responded again, which Discord refuses (40060). */
  refusedResponses = 0
  /** The three seconds are over. */
  isLate = false
  /** The fifteen minutes are over. */
  isExpired = false

  constructor(payload: APIInteraction, channel: TestChannel, target: APIMessage | null) {
    this.payload = payload
    this.channel = channel
    this.target = target
  }

  get userId(): string {
    return this.payload.member?.user.id ?? this.payload.user?.id ?? ''
  }
}

/** The interactions that have happened, and what may be done with them. */
export class Interactions {
  readonly #byToken = new Map<string, TestInteraction>()
  readonly #channels: Channels
  readonly #me: APIMessage['author']

  constructor(channels: Channels, me: APIMessage['author']) {
    this.#channels = channels
    this.#me = me
  }

  add(interaction: TestInteraction): void {
    this.#byToken.set(interaction.payload.token, interaction)
  }

  /** @throws Refusal 10062 when there is none, or it is too late */
  byToken(id: string, token: string): TestInteraction {
    const interaction = this.#byToken.get(token)
    if (interaction === undefined || interaction.payload.id !== id) throw unknownInteraction()
    return interaction
  }

  /**
   * Takes the first response.
   *
   * @throws Refusal when it is not the first, comes too late, does not fit, or breaks a limit
   */
  respond(interaction: TestInteraction, { type, data = {} }: Callback, files: readonly SentFile[]): void {
    if (interaction.kind !== null) {
      interaction.refusedResponses++
      throw alreadyAcknowledged()
    }
    const elapsedMs = Date.now() - interaction.createdMs
    if (interaction.isLate || elapsedMs > FIRST_RESPONSE_MS) throw unknownInteraction()
    const kind = KINDS[type]
    const isUpdate = kind === 'update' || kind === 'deferred update'
    const fits = FITTING[interaction.payload.type]?.includes(type) ?? false
    if (kind === undefined || !fits || (isUpdate && interaction.target === null)) {
      throw invalidForm('type', `response ${type} does not fit interaction ${interaction.payload.type}`)
    }
    this.#take(interaction, kind, data, files)
    interaction.kind = kind
    interaction.respondedMs = elapsedMs
  }

  /** What a webhook call of an interaction is about. @throws Refusal when it is over, or has not begun */
  webhook(applicationId: string, token: string): TestInteraction {
    const interaction = this.#byToken.get(token)
    if (interaction === undefined || applicationId !== this.#me.id) throw unknownWebhook()
    if (interaction.isExpired) throw invalidToken()
    if (interaction.kind === null) throw unknownWebhook()
    return interaction
  }

  /** @param id of a message of the interaction, or @original; @throws Refusal 10008 */
  message({ original, followUps, channel }: TestInteraction, id: string): APIMessage {
    const message = id === '@original' ? original : [original, ...followUps].find((one) => one?.id === id)
    if (!message || !channel.messages.includes(message)) throw unknownMessage()
    return message
  }

  /** Changes a message of the interaction. @throws Refusal 10008, and for what breaks a limit */
  edit(interaction: TestInteraction, id: string, draft: Draft, files: readonly SentFile[]): APIMessage {
    const message = this.#channels.edit(this.message(interaction, id), draft, files)
    if (message === interaction.original) interaction.edits++
    return message
  }

  /** Sends one more message; the first one takes the place of "… is thinking". */
  followUp(interaction: TestInteraction, draft: Draft, files: readonly SentFile[]): APIMessage {
    const { original, channel } = interaction
    const isThinking = ((original?.flags ?? 0) & MessageFlags.Loading) !== 0
    if (original !== null && isThinking && channel.messages.includes(original)) {
      interaction.edits++
      return this.#channels.edit(original, { ...draft, flags: 0 }, files)
    }
    const message = this.#post(interaction, draft, files)
    interaction.followUps.push(message)
    return message
  }

  #take(
    interaction: TestInteraction,
    kind: ResponseKind,
    data: NonNullable<Callback['data']>,
    files: readonly SentFile[],
  ): void {
    switch (kind) {
      case 'message':
        interaction.original = this.#post(interaction, data, files)
        return
      case 'deferred': {
        const flags = ((data.flags ?? 0) & MessageFlags.Ephemeral) | MessageFlags.Loading
        interaction.original = this.#post(interaction, { flags }, [])
        return
      }
      case 'update':
        if (interaction.target !== null) this.#channels.edit(interaction.target, data, files)
        interaction.original = interaction.target
        return
      case 'deferred update':
        interaction.original = interaction.target
        return
      case 'modal':
        checkModal(data)
        interaction.modal = structuredClone(data)
        return
      case 'choices':
        checkChoices(data.choices ?? [])
        interaction.choices = structuredClone(data.choices ?? [])
    }
  }

  #post(interaction: TestInteraction, draft: Draft, files: readonly SentFile[]): APIMessage {
    const isPrivate = ((draft.flags ?? 0) & MessageFlags.Ephemeral) !== 0
    return this.#channels.post(interaction.channel, draft, {
      author: this.#me,
      files,
      more: {
        flags: draft.flags ?? 0,
        application_id: this.#me.id,
        webhook_id: this.#me.id,
      },
      ...(isPrivate && { onlyFor: interaction.userId }),
    })
  }
}
