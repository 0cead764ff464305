import {
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  type APIMessage,
  type APIUser,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ChannelType,
  ComponentType,
  InteractionType,
} from 'discord.js'
import { buttonLabels, type TestChannel } from './channels.ts'
import type { TestInteraction } from './interactions.ts'
import { type AnyComponent, walk } from './limits.ts'
import type { DiscordServer } from './server.ts'

/** Which button: by its label, or by a custom_id that a client made up. */
export type ButtonChoice = string | RegExp | { readonly customId: string }

export type OptionValue = string | number | boolean | TestChannel

/** Something that has been sent to the bot. */
export interface Act {
  readonly interaction: TestInteraction
  /** Waits for the bot's first response, a deferral too. @throws Error after 4 s, naming the last calls */
  responded(): Promise<TestInteraction>
  /**
   * Waits until the bot has shown what it has to show: the first response, or what follows a deferral.
   *
   * @returns the bot's message, or the one that was pressed
   * @throws Error after 4 s, naming the last calls
   */
  shown(): Promise<APIMessage>
  /** Hands the same interaction to the bot once more. */
  repeat(): void
}

/** A person in a test. What they do reaches the bot as interactions. */
export class TestUser {
  readonly info: APIUser
  /** Their direct messages with the bot. */
  readonly dm: TestChannel
  readonly locale: string
  /** Whether they have the permission Manage Server, in every server. */
  managesServers = false
  readonly #server: DiscordServer

  constructor(server: DiscordServer, info: APIUser, dm: TestChannel, locale: string) {
    this.#server = server
    this.info = info
    this.dm = dm
    this.locale = locale
  }

  get id(): string {
    return this.info.id
  }

  /** What they see of a channel: not what is for the eyes of others only. */
  sees(channel: TestChannel = this.dm): APIMessage[] {
    return this.#server.channels.seenBy(this.id, channel)
  }

  /** The last message of the bot's that they see in a channel. */
  lastSeen(channel: TestChannel = this.dm): APIMessage | undefined {
    return this.sees(channel).findLast(({ author }) => author.id === this.#server.me.id)
  }

  /** Writes a message of their own, which the bot does not get. */
  says(channel: TestChannel, text: string): APIMessage {
    return this.#server.channels.post(channel, { content: text }, { author: this.info })
  }

  /**
   * Runs "/quiz" with { count: 3 }, or "/daily set" with { time: '9:00' }.
   *
   * @throws Error when the bot has registered commands, and not this one with such options
   */
  slash(channel: TestChannel, path: string, options: Readonly<Record<string, OptionValue>> = {}): Act {
    const [name = '', subcommand] = path.split(' ')
    const command = this.#command(name, ApplicationCommandType.ChatInput)
    const { missing, known } = optionsOf(command, subcommand, options)
    if (missing !== undefined) throw new Error(`/${path} needs the option ${missing}`)
    const given = Object.entries(options).map(([option, value]) => ({
      name: option,
      type: typeOf(value),
      value: checkedValue(path, known, option, value),
    }))
    const channels = Object.values(options).filter((value) => typeof value === 'object')
    return this.#act(channel, InteractionType.ApplicationCommand, {
      id: command?.id ?? '1',
      name,
      type: ApplicationCommandType.ChatInput,
      options: folded(subcommand, given),
      ...(channels.length > 0 && {
        resolved: {
          channels: Object.fromEntries(
            channels.map(({ id, type, name }) => [id, { id, type, name, permissions: '2248473465835073' }]),
          ),
        },
      }),
    })
  }

  /** Types into an option of a command; the suggestions are in `choices` of what has been responded. */
  autocomplete(
    channel: TestChannel,
    path: string,
    focused: string,
    typed: string,
    options: Readonly<Record<string, OptionValue>> = {},
  ): Act {
    const [name = '', subcommand] = path.split(' ')
    const command = this.#command(name, ApplicationCommandType.ChatInput)
    const { known } = optionsOf(command, subcommand, options)
    const option = known?.find((one) => one.name === focused)
    if (known !== null && !(option !== undefined && 'autocomplete' in option && option.autocomplete)) {
      throw new Error(`/${path} suggests nothing for ${focused}`)
    }
    const others = Object.entries(options).map(([other, value]) => ({
      name: other,
      type: typeOf(value),
      value: typeof value === 'object' ? value.id : value,
    }))
    return this.#act(channel, InteractionType.ApplicationCommandAutocomplete, {
      id: command?.id ?? '1',
      name,
      type: ApplicationCommandType.ChatInput,
      options: folded(subcommand, [
        ...others,
        { name: focused, type: ApplicationCommandOptionType.String, value: typed, focused: true },
      ]),
    })
  }

  /** Chooses a command from the menu of a message, such as "Make a card". */
  contextCommand(message: APIMessage, name: string): Act {
    const command = this.#command(name, ApplicationCommandType.Message)
    return this.#act(this.#server.channels.get(message.channel_id), InteractionType.ApplicationCommand, {
      id: command?.id ?? '1',
      name,
      type: ApplicationCommandType.Message,
      target_id: message.id,
      resolved: { messages: { [message.id]: message } },
    })
  }

  /** Presses a button of a message, as they see it now. @throws Error when it has no such button that works */
  click(message: APIMessage, choice: ButtonChoice): Act {
    this.#checkVisible(message)
    const customId = customIdOf(message, choice)
    const data = { component_type: ComponentType.Button, custom_id: customId }
    return this.#actOn(message, data)
  }

  /** Chooses in the message's select, by labels or values. @throws Error when it has no such select or option */
  choose(message: APIMessage, ...wanted: readonly string[]): Act {
    this.#checkVisible(message)
    const [select] =
      [...walk(message.components)].find(([{ type }]) => type === ComponentType.StringSelect) ?? []
    if (select === undefined) throw new Error('The message has no select')
    const options: { label: string; value: string }[] = select.options
    const values = wanted.map((one) => {
      const option = options.find(({ label, value }) => label === one || value === one)
      if (option === undefined) throw new Error(`No option ${one} among ${JSON.stringify(options)}`)
      return option.value
    })
    return this.#actOn(message, {
      component_type: ComponentType.StringSelect,
      custom_id: select.custom_id,
      values,
    })
  }

  /**
   * Fills in the form that an interaction ended with, and sends it.
   *
   * @param fields the text of the only field, or of each by its custom_id
   * @throws Error when no form is open, or it would not take this text
   */
  submit(opened: TestInteraction, fields: string | Readonly<Record<string, string>>): Act {
    const { modal } = opened
    if (modal === null) throw new Error(`No form is open: the bot's response was ${opened.kind}`)
    const inputs = [...walk(modal.components)].flatMap(([component]) =>
      component.type === ComponentType.TextInput ? [component] : [],
    )
    const texts = new Map(inputs.map((input) => [input, textFor(input, inputs.length, fields)] as const))
    const fill = (component: AnyComponent): object => {
      const { type, components, component: inner } = component
      if (type === ComponentType.TextInput) {
        return { type, custom_id: component.custom_id, value: texts.get(component) }
      }
      if (inner) return { type, component: fill(inner) }
      return { type, components: (components ?? []).map(fill) }
    }
    return this.#act(
      opened.channel,
      InteractionType.ModalSubmit,
      { custom_id: modal.custom_id, components: (modal.components as AnyComponent[]).map(fill) },
      opened.target,
    )
  }

  #actOn(message: APIMessage, data: object): Act {
    const channel = this.#server.channels.get(message.channel_id)
    return this.#act(channel, InteractionType.MessageComponent, data, message)
  }

  #act(channel: TestChannel, type: InteractionType, data: object, target: APIMessage | null = null): Act {
    const interaction = this.#server.interact(this, channel, type, data, target)
    const what = `a response to ${this.info.username}'s ${JSON.stringify(data).slice(0, 120)}`
    const until = <T>(look: () => T | null | false) => this.#server.until(what, look)
    return {
      interaction,
      responded: () => until(() => interaction.kind !== null && interaction),
      shown: () => until(() => shownOf(interaction)),
      repeat: () => this.#server.deliver(interaction),
    }
  }

  #checkVisible(message: APIMessage): void {
    const channel = this.#server.channels.get(message.channel_id)
    if (!this.sees(channel).includes(message)) {
      throw new Error(`${this.info.username} does not see that message: it was deleted, or is for others`)
    }
  }

  #command(name: string, type: ApplicationCommandType): APIApplicationCommand | null {
    const { commands } = this.#server
    const command = commands.find((one) => one.name === name && one.type === type)
    if (command === undefined && commands.length > 0) {
      throw new Error(`No command ${name} among ${commands.map((one) => one.name).join(', ')}`)
    }
    return command ?? null
  }
}

/** Everybody has these, and who manages servers has one more. */
const PERMISSIONS = 2_248_473_465_835_073n
const MANAGE_GUILD = 1n << 5n

/** What a payload says of where it comes from and of whom. */
export function surroundingsOf(user: TestUser, channel: TestChannel, applicationId: string): object {
  const { guild } = channel
  const member = {
    user: user.info,
    nick: null,
    avatar: null,
    roles: [],
    joined_at: '2026-01-01T00:00:00.000Z',
    deaf: false,
    mute: false,
    flags: 0,
    permissions: String(user.managesServers ? PERMISSIONS | MANAGE_GUILD : PERMISSIONS & ~MANAGE_GUILD),
  }
  const isDm = channel.type === ChannelType.DM
  return {
    application_id: applicationId,
    channel_id: channel.id,
    channel: { id: channel.id, type: channel.type, ...(guild && { guild_id: guild.id, name: channel.name }) },
    locale: user.locale,
    entitlements: [],
    app_permissions: '277025508352',
    attachment_size_limit: 10_485_760,
    context: guild !== null ? 0 : isDm ? 1 : 2,
    authorizing_integration_owners: guild?.hasBot ? { 0: guild.id } : isDm ? { 0: '0' } : { 1: user.id },
    version: 1,
    ...(guild === null
      ? { user: user.info }
      : { member, guild_id: guild.id, guild_locale: 'en-US', guild: { id: guild.id, features: [] } }),
  }
}

function shownOf({ kind, original, followUps, edits }: TestInteraction): APIMessage | null {
  if (kind === null) return null
  const isDeferred = kind === 'deferred' || kind === 'deferred update'
  return isDeferred && edits === 0 ? (followUps.at(-1) ?? null) : original
}

function customIdOf(message: APIMessage, choice: ButtonChoice): string {
  if (typeof choice === 'object' && 'customId' in choice) return choice.customId
  const found = [...walk(message.components)].find(
    ([{ type, label = '', disabled }]) =>
      type === ComponentType.Button &&
      !disabled &&
      (typeof choice === 'string' ? label === choice : choice.test(label)),
  )
  const customId = found?.[0].custom_id
  if (customId === undefined) {
    throw new Error(`No button ${choice} to press among ${JSON.stringify(buttonLabels(message))}`)
  }
  return customId
}

function textFor(
  input: AnyComponent,
  inputCount: number,
  fields: string | Readonly<Record<string, string>>,
): string {
  const id: string = input.custom_id
  if (typeof fields === 'string' && inputCount > 1) throw new Error('The form has several fields: name them')
  const text = typeof fields === 'string' ? fields : (fields[id] ?? input.value ?? '')
  const length = [...text].length
  const isRequired = input.required ?? true
  if (isRequired && length === 0) throw new Error(`The field ${id} is required`)
  if (length > (input.max_length ?? 4000) || (length > 0 && length < (input.min_length ?? 0))) {
    throw new Error(`The field ${id} does not take ${length} characters`)
  }
  return text
}

function typeOf(value: OptionValue): ApplicationCommandOptionType {
  if (typeof value === 'string') return ApplicationCommandOptionType.String
  if (typeof value === 'object') return ApplicationCommandOptionType.Channel
  return typeof value === 'number'
    ? ApplicationCommandOptionType.Integer
    : ApplicationCommandOptionType.Boolean
}

type KnownOptions = readonly APIApplicationCommandBasicOption[]

/** What a command or its subcommand takes; `known` is null where no commands are registered. */
function optionsOf(
  command: APIApplicationCommand | null,
  subcommand: string | undefined,
  given: Readonly<Record<string, OptionValue>>,
): { readonly known: KnownOptions | null; readonly missing?: string | undefined } {
  if (command === null) return { known: null }
  const all = command.options ?? []
  const inner = all.find((one) => one.name === subcommand)
  const hasInner = all.some(({ type }) => type === ApplicationCommandOptionType.Subcommand)
  if (hasInner !== (inner !== undefined)) {
    throw new Error(`/${command.name} has no subcommand ${subcommand} among ${all.map(({ name }) => name)}`)
  }
  const known = (
    inner !== undefined && 'options' in inner ? (inner.options ?? []) : inner ? [] : all
  ) as KnownOptions
  return { known, missing: known.find(({ name, required }) => required && !(name in given))?.name }
}

function folded(subcommand: string | undefined, options: readonly object[]): readonly object[] {
  const type = ApplicationCommandOptionType.Subcommand
  return subcommand === undefined ? options : [{ type, name: subcommand, options }]
}

/** @throws Error for what Discord's client would not let anybody enter */
function checkedValue(
  path: string,
  known: KnownOptions | null,
  name: string,
  value: OptionValue,
): string | number | boolean {
  const sent = typeof value === 'object' ? value.id : value
  if (known === null) return sent
  const option = known.find((one) => one.name === name)
  if (option?.type !== typeOf(value)) throw new Error(`/${path} has no option ${name} for ${sent}`)
  const { min_value: min = -Infinity, max_value: max = Infinity } = option as {
    min_value?: number
    max_value?: number
  }
  if (typeof value === 'number' && (value < min || value > max)) {
    throw new Error(`/${path}: ${name} is from ${min} to ${max}, not ${value}`)
  }
  const { choices } = option as { choices?: readonly { value: string }[] }
  if (choices !== undefined && choices.length > 0 && !choices.some((one) => one.value === value)) {
    throw new Error(`/${path}: ${name} is one of ${choices.map((one) => one.value)}, not ${value}`)
  }
  const { channel_types: types } = option as { channel_types?: readonly ChannelType[] }
  if (typeof value === 'object' && types?.includes(value.type) === false) {
    throw new Error(`/${path}: ${name} takes no channel like ${value.name}`)
  }
  return sent
}
