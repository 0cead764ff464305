import {
  type APIInteraction,
  type APIMessageComponentInteraction,
  ChannelType,
  ComponentType,
  Locale,
} from 'discord.js'
import type { Transformer } from 'grammy'
import type { Update } from 'grammy/types'
import { createBot as createDiscordBot } from '../src/adapters/discord/bot.ts'
import { DiscordApi } from '../src/adapters/discord/transport/api.ts'
import { createReceiver } from '../src/adapters/discord/transport/receiver.ts'
import { createBot as createTelegramBot } from '../src/adapters/telegram/bot.ts'
import { decodeAction, encodeAction } from '../src/core/actionCodec.ts'
import { DEFAULT_SETTINGS, type Platform } from '../src/core/learner.ts'
import { Platforms } from '../src/core/platforms.ts'
import type { Store } from '../src/core/store.ts'
import type { Surroundings } from '../src/core/surroundings.ts'
import { sampleCard } from '../test/support/sampleDeck.ts'

/** A bot that is handed what people do, without a network: what it sends is answered at once. */
export interface FloodSide {
  readonly name: string
  /** A person presses the button that leads on; resolves when it was answered or left out. */
  press(person: number): Promise<void>
}

/** More than anybody answers in a run. */
const CARDS = 150
const STUDY = encodeAction({ kind: 'study', deckId: null })
/** What people press: it leads from card to card. */
const LEADING_ON: readonly string[] = ['show', 'grade']

/** The button of those that leads on, or the one that asks the next card. */
function leadingOn(buttons: readonly (string | undefined)[]): string {
  const found = buttons.filter((data) => LEADING_ON.includes(decodeAction(data ?? '')?.kind ?? ''))
  return found.at(-1) ?? STUDY
}

/** The bot for Discord behind its receiver. */
export async function discordSide(store: Store, people: number): Promise<FloodSide> {
  await fill(store, 'discord', people)
  const api = new DiscordApi({ token: 'none', apiRoot: 'http://127.0.0.1:9' })
  const around = surroundings(store)
  const { handle, slowDown } = createDiscordBot(api, around)
  const receiver = createReceiver(handle, { api, log: around.log, now: around.now, slowDown })
  const next = new Map<number, string>()
  let id = 0
  return {
    name: 'Discord',
    press: async (person) => {
      const raw = interactionOf(String(++id), idOf(person), next.get(person) ?? STUDY)
      await receiver.receive(raw, {
        send: async (callback) => {
          next.set(person, leadingOn(JSON.stringify(callback).match(/(?<="custom_id":")[^"]*/g) ?? []))
          return true
        },
        takesFiles: true,
        isSlow: false,
      })
    },
  }
}

/** The bot for Telegram, with its lanes. */
export async function telegramSide(store: Store, people: number): Promise<FloodSide> {
  await fill(store, 'telegram', people)
  const botInfo = { id: 1, is_bot: true, first_name: 'Deckhand', username: 'deckhand_bot' }
  const { bot, handle } = createTelegramBot(
    { token: '1:none', apiRoot: null, botInfo: botInfo as never, api: { mode: 'webhook' } },
    surroundings(store),
  )
  const next = new Map<string, string>()
  const atOnce: Transformer = async (_previous, _method, payload) => {
    const { chat_id, reply_markup } = payload as { chat_id?: number; reply_markup?: object }
    if (chat_id !== undefined && reply_markup !== undefined) {
      const buttons = JSON.stringify(reply_markup).match(/(?<="callback_data":")[^"]*/g) ?? []
      next.set(String(chat_id), leadingOn(buttons))
    }
    return { ok: true, result: { message_id: 1 } } as never
  }
  bot.api.config.use(atOnce)
  let id = 0
  return {
    name: 'Telegram',
    press: (person) => handle(updateOf(++id, Number(idOf(person)), next.get(idOf(person)) ?? STUDY)),
  }
}

function idOf(person: number): string {
  return String(1000 + person)
}

async function fill(store: Store, platform: Platform, people: number): Promise<void> {
  const cards = Array.from({ length: CARDS }, (_, index) => sampleCard({ id: `card-${index}` }))
  await store.syncDecks([{ id: 'bench', title: 'Bench', cards }])
  for (let person = 0; person < people; person++) {
    const identity = { platform, externalId: idOf(person) }
    const learner = await store.learner(identity, { ...DEFAULT_SETTINGS, newPerDay: CARDS })
    await store.enrolInNewDecks(learner.id)
  }
}

function surroundings(store: Store): Surroundings {
  return {
    store,
    now: () => new Date(),
    findZones: () => [],
    platforms: new Platforms(),
    zonesOfLanguage: () => ['UTC'],
    notesUrl: null,
    // One line an episode of the flood is expected.
    log: (line) => /left out/.test(line) || console.error(line),
  }
}

function interactionOf(id: string, userId: string, customId: string): APIInteraction {
  const interaction: Partial<APIMessageComponentInteraction> = {
    id,
    application_id: '1',
    token: id,
    type: 3,
    user: { id: userId, username: 'bench', discriminator: '0', global_name: null, avatar: null },
    locale: Locale.EnglishGB,
    channel: { id: userId, type: ChannelType.DM } as never,
    message: { id: '1', content: '', components: [], flags: 0 } as never,
    data: { component_type: ComponentType.Button, custom_id: customId } as never,
  }
  return interaction as APIInteraction
}

function updateOf(id: number, userId: number, data: string): Update {
  const chat = { id: userId, type: 'private', first_name: 'bench' } as const
  const from = { id: userId, is_bot: false, first_name: 'bench' }
  return {
    update_id: id,
    callback_query: {
      id: String(id),
      from,
      chat_instance: '1',
      message: { message_id: 1, date: 1, chat, text: 'bench' } as never,
      data,
    },
  }
}
