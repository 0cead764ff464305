import type { APIMessage } from 'discord.js'
import { createBot } from '../../../src/adapters/discord/bot.ts'
import { COMMANDS } from '../../../src/adapters/discord/commands.ts'
import { DiscordApi } from '../../../src/adapters/discord/transport/api.ts'
import { type Receiving, startGateway } from '../../../src/adapters/discord/transport/gateway.ts'
import { createReceiver } from '../../../src/adapters/discord/transport/receiver.ts'
import { registerCommands } from '../../../src/adapters/discord/transport/register.ts'
import type { Surroundings } from '../../../src/core/surroundings.ts'
import { reply } from '../../adapters/discord/support/calls.ts'
import { textOf } from '../../adapters/discord/support/channels.ts'
import { walk } from '../../adapters/discord/support/limits.ts'
import type { Refusal } from '../../adapters/discord/support/refusal.ts'
import { DiscordServer } from '../../adapters/discord/support/server.ts'
import type { Act } from '../../adapters/discord/support/user.ts'
import type { End, Person } from './end.ts'
import { type Fate, Unreliable } from './unreliable.ts'

/** Another try, or another process, was faster with the first response. */
const MADE_BEFORE = /"code":40060/

/** Discord, with its bot on the gateway. */
export class DiscordEnd implements End {
  readonly way: Unreliable<Refusal>
  readonly #server: DiscordServer
  /** The token of each interaction: it is in the address of all that answers it. */
  readonly #tokens = new Map<string, string>()
  #receiving: Receiving | null = null
  #disturbances = 0

  private constructor(server: DiscordServer, way: Unreliable<Refusal>) {
    this.#server = server
    this.way = way
  }

  static async start(drawFate: () => Fate<Refusal>): Promise<DiscordEnd> {
    const server = await DiscordServer.start()
    const refuse = (response: Parameters<typeof reply>[0], { status, body }: Refusal) =>
      reply(response, { status, body })
    return new DiscordEnd(server, await Unreliable.before(server.apiRoot, { drawFate, refuse }))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#receiving?.stop()
    await this.way[Symbol.asyncDispose]()
    await this.#server[Symbol.asyncDispose]()
  }

  async startBot(surroundings: Surroundings): Promise<void> {
    const { token } = this.#server
    const apiRoot = this.way.root
    const { log, watch, now } = surroundings
    const api = new DiscordApi({ token, apiRoot, timeoutMs: 2000, pauseMs: 1 })
    const bot = createBot(api, surroundings)
    const receiver = createReceiver(bot.handle, {
      api,
      log,
      now,
      ...(watch && { watch }),
      slowDown: bot.slowDown,
    })
    const { id } = await api.application()
    await registerCommands(api, id, COMMANDS)
    await bot.resume()
    const signal = new AbortController().signal
    this.#receiving = await startGateway(receiver, { token, apiRoot, api, log, signal })
  }

  async stopBot(): Promise<void> {
    await this.#receiving?.stop()
  }

  disturb(): void {
    const { gateway } = this.#server
    if (this.#disturbances++ % 2 === 0) gateway.drop()
    else gateway.requestReconnect()
  }

  person(name: string): Person {
    const server = this.#server
    const user = server.user({ name })
    const [channel] = server.guild().channels
    const withButtons = () => user.sees(channel).findLast((message) => customIds(message).length > 0)
    const sent = ({ interaction, repeat }: Act) => {
      const { id, token } = interaction.payload
      this.#tokens.set(id, token)
      return { updateId: id, repeat }
    }
    return {
      identity: { platform: 'discord', externalId: user.id },
      buttons: () => {
        const message = withButtons()
        return message === undefined ? [] : customIds(message)
      },
      review: () => sent(user.slash(channel, 'review')),
      press: (data) => {
        const message = withButtons()
        if (message === undefined) throw new Error(`${name} sees no button`)
        return sent(user.click(message, { customId: data }))
      },
      seen: () => {
        const message = user.lastSeen(channel)
        return message === undefined ? '' : textOf(message)
      },
    }
  }

  saidTo(updateId: string): readonly string[] {
    const token = this.#tokens.get(updateId)
    if (token === undefined) return []
    return this.way.tried
      .filter(({ path }) => path.includes(token))
      .map(({ body }) => {
        const { data, ...message } = JSON.parse(body)
        return textOf({ content: '', embeds: [], components: [], ...message, ...data } as APIMessage)
      })
  }

  get refused(): readonly string[] {
    return this.#server.refused.filter((refusal) => !MADE_BEFORE.test(refusal))
  }
}

function customIds({ components }: APIMessage): string[] {
  return [...walk(components)].flatMap(([{ custom_id: id }]) => (typeof id === 'string' ? [id] : []))
}
