import {
  type APIEmbed,
  type APIMessage,
  type APIUser,
  ChannelType,
  ComponentType,
  MessageFlags,
  MessageType,
} from 'discord.js'
import type { SentFile } from './calls.ts'
import { type CheckedMessage, checkMessage, walk } from './limits.ts'
import { Refusal, unknownChannel, unknownMessage } from './refusal.ts'

const DISCORD_EPOCH_MS = 1_420_070_400_000n

/** A channel as it is now: edits change its messages, deleted ones are gone. */
export interface TestChannel {
  readonly id: string
  readonly type: ChannelType.GuildText | ChannelType.DM | ChannelType.GroupDM
  readonly name: string
  /** Null outside of servers. */
  readonly guild: TestGuild | null
  readonly messages: APIMessage[]
  /** Who is there, where it is a direct message. */
  readonly recipients: readonly APIUser[]
  /** What the bot's own calls (not the answers to interactions) get here. */
  denied: 'missing access' | 'missing permissions' | 'cannot send' | null
}

export interface TestGuild {
  readonly id: string
  readonly name: string
  readonly channels: readonly TestChannel[]
  /** False: somebody uses the bot there who has installed it for themselves, or only the commands were added. */
  readonly hasBot: boolean
  /** Ids of those who are in it no more; everybody else is. */
  readonly left: Set<string>
}

/** What a message is made from. */
export interface Draft extends CheckedMessage {
  readonly attachments?: readonly { readonly id: string | number; readonly filename?: string }[]
}

/** How a message comes to be. */
export interface Origin {
  readonly author: APIUser
  /** Who alone sees it. */
  readonly onlyFor?: string
  readonly more?: Partial<APIMessage>
  readonly files?: readonly SentFile[]
}

export class Channels {
  readonly #channels = new Map<string, TestChannel>()
  /** Messages that one person sees. */
  readonly #onlyFor = new Map<string, string>()
  /** By the attachment's id. */
  readonly #files = new Map<string, SentFile>()
  #count = 0n

  /** An id that says when it was made. */
  snowflake(): string {
    this.#count += 1n
    return String(((BigInt(Date.now()) - DISCORD_EPOCH_MS) << 22n) + this.#count)
  }

  add(parts: Pick<TestChannel, 'type' | 'name' | 'guild' | 'recipients'>): TestChannel {
    const channel = { ...parts, id: this.snowflake(), messages: [], denied: null }
    this.#channels.set(channel.id, channel)
    return channel
  }

  /** Deletes a channel with all that is in it. */
  remove(channel: TestChannel): void {
    this.#channels.delete(channel.id)
  }

  /** @throws Refusal 10003 */
  get(id: string): TestChannel {
    const channel = this.#channels.get(id)
    if (channel === undefined) throw unknownChannel()
    return channel
  }

  /** A channel that the bot itself wants to do something in. @throws Refusal when it may not */
  forBot(id: string): TestChannel {
    const channel = this.get(id)
    if (channel.denied === 'missing permissions') throw new Refusal(403, 50013, 'Missing Permissions')
    if (channel.denied === 'cannot send') throw new Refusal(403, 50007, 'Cannot send messages to this user')
    const isStranger = channel.guild?.hasBot === false || channel.type === ChannelType.GroupDM
    if (channel.denied === 'missing access' || isStranger) throw new Refusal(403, 50001, 'Missing Access')
    return channel
  }

  /** The direct messages of a person with the bot. */
  directWith(user: APIUser): TestChannel {
    const isTheirs = ({ type, recipients }: TestChannel) =>
      type === ChannelType.DM && recipients.some(({ id }) => id === user.id)
    const found = [...this.#channels.values()].find(isTheirs)
    return found ?? this.add({ type: ChannelType.DM, name: user.username, guild: null, recipients: [user] })
  }

  /** Puts a message at the end of a channel. @throws Refusal when Discord would not take it */
  post(channel: TestChannel, draft: Draft, { author, onlyFor, more, files = [] }: Origin): APIMessage {
    // "… is thinking" has nothing in it yet.
    if (((more?.flags ?? 0) & MessageFlags.Loading) === 0) checkMessage(draft, files.length)
    const message = {
      id: this.snowflake(),
      channel_id: channel.id,
      author,
      content: draft.content ?? '',
      embeds: [...(draft.embeds ?? [])] as APIEmbed[],
      components: structuredClone(draft.components ?? []) as APIMessage['components'],
      attachments: this.#attachments(files, draft.attachments),
      flags: draft.flags ?? 0,
      type: MessageType.Default,
      timestamp: new Date().toISOString(),
      edited_timestamp: null,
      tts: false,
      pinned: false,
      mention_everyone: false,
      mentions: [],
      mention_roles: [],
      ...(draft.nonce !== undefined && { nonce: draft.nonce as string }),
      ...more,
    } as APIMessage
    channel.messages.push(message)
    if (onlyFor !== undefined) this.#onlyFor.set(message.id, onlyFor)
    return message
  }

  /** Changes what the draft names and leaves the rest. @throws Refusal when Discord would not take the result */
  edit(message: APIMessage, draft: Draft, files: readonly SentFile[] = []): APIMessage {
    const kept = message.attachments.filter(
      ({ id }) => draft.attachments === undefined || draft.attachments.some((one) => String(one.id) === id),
    )
    const flags = (message.flags ?? 0) | (draft.flags ?? 0)
    const next = {
      content: draft.content === undefined ? message.content : (draft.content ?? ''),
      embeds: draft.embeds === undefined ? message.embeds : [...((draft.embeds ?? []) as APIEmbed[])],
      components:
        draft.components === undefined
          ? message.components
          : (structuredClone(draft.components ?? []) as APIMessage['components']),
      attachments: [...kept, ...this.#attachments(files, draft.attachments)],
      flags: flags & ~MessageFlags.Loading,
    }
    checkMessage({ ...next, components: next.components ?? [] })
    const isFirst = ((message.flags ?? 0) & MessageFlags.Loading) !== 0
    return Object.assign(message, next, isFirst ? {} : { edited_timestamp: new Date().toISOString() })
  }

  delete(message: APIMessage): void {
    const { messages } = this.get(message.channel_id)
    messages.splice(messages.indexOf(message), 1)
  }

  /** @throws Refusal 10008 */
  message(channel: TestChannel, id: string): APIMessage {
    const message = channel.messages.find((one) => one.id === id)
    if (message === undefined || this.#onlyFor.has(id)) throw unknownMessage()
    return message
  }

  /** What one person sees of a channel: not what is for the eyes of others only. */
  seenBy(userId: string, channel: TestChannel): APIMessage[] {
    return channel.messages.filter(({ id }) => (this.#onlyFor.get(id) ?? userId) === userId)
  }

  /** The files of a message. */
  filesOf(message: APIMessage): SentFile[] {
    return message.attachments.flatMap(({ id }) => this.#files.get(id) ?? [])
  }

  #attachments(files: readonly SentFile[], described: Draft['attachments'] = []): APIMessage['attachments'] {
    return files.map((file, index) => {
      const id = this.snowflake()
      this.#files.set(id, file)
      const filename = described.find((one) => String(one.id) === String(index))?.filename ?? file.name
      const url = `https://cdn.discordapp.com/attachments/${id}/${filename}`
      return { id, filename, size: file.content.length, url, proxy_url: url }
    })
  }
}

/** All text of a message: content, embeds and text components, one below the other. */
export function textOf({ content, embeds, components }: APIMessage): string {
  const texts = [
    content,
    ...embeds.flatMap(({ author, title, description, fields = [], footer }) => [
      author?.name,
      title,
      description,
      ...fields.flatMap(({ name, value }) => [name, value]),
      footer?.text,
    ]),
    ...[...walk(components)].map(([component]) =>
      component.type === ComponentType.TextDisplay ? String(component.content) : undefined,
    ),
  ]
  return texts.filter((text) => text !== undefined && text !== '').join('\n')
}

/** The labels of a message's buttons that can be pressed, in order. */
export function buttonLabels(message: APIMessage): string[] {
  return [...walk(message.components)].flatMap(([{ type, label, disabled }]) =>
    type === ComponentType.Button && !disabled ? [String(label ?? '')] : [],
  )
}

/** Whether the message is for one person's eyes only. */
export function isEphemeral({ flags }: APIMessage): boolean {
  return ((flags ?? 0) & MessageFlags.Ephemeral) !== 0
}
