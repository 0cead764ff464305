import {
  type APIChatInputApplicationCommandInteraction,
  type APIInteraction,
  type APIMessageApplicationCommandInteraction,
  type APIMessageComponentInteraction,
  type APIModalSubmitInteraction,
  ComponentType,
} from 'discord.js'
import type { Request } from '../../core/action.ts'
import { decodeAction } from '../../core/actionCodec.ts'
import { handle } from '../../core/handle.ts'
import { nextReminderAt } from '../../core/personalRequests.ts'
import { findDeck } from '../../core/quiz/quiz.ts'
import { requestOf, type Screen } from '../../core/screen.ts'
import type { Surroundings } from '../../core/surroundings.ts'
import { type Answer, lineAnswer, type Showing, screenAnswer, showingOf } from './answer.ts'
import { askingOfUser, userOf } from './asker.ts'
import { cardModal, cardOf } from './cardModal.ts'
import { helpScreen } from './help.ts'
import { fieldsOf } from './modalFields.ts'
import { optionsOf } from './options.ts'
import { decodeInput } from './render/input.ts'
import { MENU_PREFIX } from './render/menu.ts'
import { modalOf, TEXT_FIELD } from './render/modal.ts'
import { decksOf } from './suggestions.ts'

const OLD_BUTTON = 'That button no longer works. `/review` shows your next card.'
const NOT_YOURS = 'That belongs to somebody else. `/review` asks your own cards; only you see them.'

/** What a command asks of the core; the others are dealt with by themselves. */
const REQUESTS: Readonly<Record<string, Request>> = {
  decks: { kind: 'decks' },
  stats: { kind: 'stats' },
  settings: { kind: 'settings' },
  unlink: { kind: 'askUnlink' },
  undo: { kind: 'undo', ref: null },
  forget: { kind: 'askForget' },
}

/** What one person does for themselves; everything they get is for their eyes only. */
export class Sessions {
  readonly #surroundings: Surroundings

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
  }

  /** @returns null for a command that is none of these */
  async command(interaction: APIChatInputApplicationCommandInteraction): Promise<Answer | null> {
    const { name } = interaction.data
    if (name === 'help') return screenAnswer(helpScreen(), 'message')
    if (name === 'export') return this.#export(interaction)
    if (name === 'review') return this.#review(interaction)
    const options = optionsOf(interaction)
    if (name === 'link') {
      return this.#ask(interaction, { kind: 'link', code: options.text('code') }, 'message')
    }
    const zone = options.text('zone')
    if (name === 'settings' && zone !== null) {
      return this.#ask(interaction, { kind: 'set', name: 'timeZone', text: zone, first: false }, 'message')
    }
    const request = REQUESTS[name]
    return request === undefined ? null : this.#ask(interaction, request, 'message')
  }

  /** "Make a card" on a message: a form, with the message as the answer. */
  makeCard(interaction: APIMessageApplicationCommandInteraction): Answer {
    const messageId = interaction.data.target_id
    const content = interaction.data.resolved.messages[messageId]?.content ?? ''
    return {
      kind: 'modal',
      modal: cardModal({ kind: 'message', messageId }, { prompt: '', answer: content }),
    }
  }

  /** A press on a button, or a choice from a menu. */
  async press(interaction: APIMessageComponentInteraction): Promise<Answer> {
    const showing = showingOf(interaction)
    const owner = interaction.message.interaction_metadata?.user.id
    if (showing === 'update' && owner !== undefined && owner !== userOf(interaction).id) {
      return lineAnswer(NOT_YOURS)
    }
    const { data } = interaction
    const input = decodeInput(data.custom_id)
    if (input !== null) return { kind: 'modal', modal: modalOf(input, interaction.message.content) }
    const picked =
      data.component_type === ComponentType.StringSelect && data.custom_id.startsWith(MENU_PREFIX)
    const action = decodeAction(picked ? (data.values[0] ?? '') : data.custom_id)
    if (action === null) return lineAnswer(OLD_BUTTON)
    return this.#ask(interaction, action, showing)
  }

  /** What was written into a modal. */
  async write(interaction: APIModalSubmitInteraction): Promise<Answer> {
    const showing = showingOf(interaction)
    const card = cardOf(interaction)
    if (card !== null) return this.#ask(interaction, card, showing)
    const input = decodeInput(interaction.data.custom_id)
    if (input === null) return lineAnswer(OLD_BUTTON)
    return this.#ask(interaction, requestOf(input, fieldsOf(interaction).get(TEXT_FIELD) ?? ''), showing)
  }

  /** With a deck it is joined first, as by a link to it. */
  async #review(interaction: APIChatInputApplicationCommandInteraction): Promise<Answer> {
    const decks = await decksOf(this.#surroundings, interaction)
    const words = optionsOf(interaction).text('deck')
    const deck = words === null ? null : (decks.find(({ id }) => id === words) ?? findDeck(decks, words))
    if (words !== null && deck === null)
      return lineAnswer('There is no such deck: pick one of those offered.')
    const isKnown = decks.some(({ enrolled }) => enrolled)
    const request: Request =
      deck === null && isKnown
        ? { kind: 'study', deckId: null }
        : { kind: 'welcome', deckId: deck?.id ?? null }
    return this.#ask(interaction, request, 'message')
  }

  async #ask(interaction: APIInteraction, request: Request, showing: Showing): Promise<Answer> {
    const screen = await this.#screen(interaction, request)
    if (screen === null) return lineAnswer('That was dealt with before.')
    const { input } = screen
    if (input?.kind === 'ownCard') {
      return { kind: 'modal', modal: cardModal({ kind: 'draft', draftId: input.draftId }, input) }
    }
    return screenAnswer(screen, showing)
  }

  /** @returns null when the interaction was dealt with before, and doing it twice would do more */
  async #screen(interaction: APIInteraction, request: Request): Promise<Screen | null> {
    const { store } = this.#surroundings
    const asking = askingOfUser(this.#surroundings, interaction)
    if (request.kind === 'undo' && request.ref === null && !(await this.#isFirst(interaction))) return null
    const screen = await handle(store, asking, request)
    if ((request.kind === 'pick' || request.kind === 'set') && request.name === 'reminder') {
      const learner = await store.learner(asking.identity, asking.initialSettings)
      const chat = { platform: 'discord', chatId: asking.identity.externalId } as const
      await store.reachIn(learner.id, chat, nextReminderAt(learner, asking.now))
    }
    return screen
  }

  /** All else that is delivered twice finds its card moved on; that would take back one more answer. */
  async #isFirst(interaction: APIInteraction): Promise<boolean> {
    const { store } = this.#surroundings
    const asking = askingOfUser(this.#surroundings, interaction)
    const chat = { platform: 'discord', chatId: asking.identity.externalId } as const
    const learner = await store.learner(asking.identity, asking.initialSettings)
    const conversation = await store.conversation(chat)
    if (conversation.handled.includes(interaction.id)) return false
    const handled = [...conversation.handled, interaction.id]
    await store.saveConversation(chat, learner.id, { ...conversation, handled })
    return true
  }

  async #export(interaction: APIInteraction): Promise<Answer> {
    const { store, now } = this.#surroundings
    const asking = askingOfUser(this.#surroundings, interaction)
    const learner = await store.learner(asking.identity, asking.initialSettings)
    const content = JSON.stringify(await store.exportLearner(learner.id), null, 2)
    const file = { name: `deckhand-${now().toISOString().slice(0, 10)}.json`, content }
    const answer = lineAnswer('Everything I know about you, as JSON.')
    return answer.kind === 'message' ? { ...answer, file } : answer
  }
}
