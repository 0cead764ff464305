import type { APIChatInputApplicationCommandInteraction, APIMessageComponentInteraction } from 'discord.js'
import type { ChatKey } from '../../core/chatStore.ts'
import { answerQuiz, findDeck, openQuiz } from '../../core/quiz/quiz.ts'
import type { OpenQuestion, Round, RoundQuestion } from '../../core/quiz/roundStore.ts'
import { studyDayAt } from '../../core/studyDay.ts'
import type { Surroundings } from '../../core/surroundings.ts'
import { type Answer, lineAnswer } from './answer.ts'
import { askingOfUser, nameOf } from './asker.ts'
import { countedWords } from './render/counted.ts'
import { closedMessages, questionMessage } from './render/quiz.ts'
import { standingsMessages } from './render/standings.ts'
import type { DiscordApi } from './transport/api.ts'
import { describeFailure, isForbidden, isMessageGone } from './transport/failures.ts'

const DEFAULT_SECONDS = 20
/** Nobody: a card as it is, without anybody's schedule. */
const NO_LEARNER = 0
const NO_PERMISSION =
  'I may not write in this channel. Somebody who manages the server can let me: View Channel and Send Messages.'

/** Quizzes that a channel answers together, by buttons. */
export class Quizzes {
  readonly #api: DiscordApi
  readonly #surroundings: Surroundings

  constructor(api: DiscordApi, surroundings: Surroundings) {
    this.#api = api
    this.#surroundings = surroundings
  }

  /** Opens a quiz in the channel where the command was given, and asks its first question. */
  async open(interaction: APIChatInputApplicationCommandInteraction): Promise<Answer> {
    const { store } = this.#surroundings
    const asking = askingOfUser(this.#surroundings, interaction)
    const options = new Map(
      (interaction.data.options ?? []).map((option) => [
        option.name,
        'value' in option ? option.value : null,
      ]),
    )
    const learner = await store.learner(asking.identity, asking.initialSettings)
    const today = studyDayAt(asking.now, learner.timeZone, learner.dayStartHour)
    const decks = await store.deckSummaries(learner.id, today)
    const words = String(options.get('deck') ?? '')
    const deck = findDeck(decks, words)
    if (words.trim() !== '' && deck === null)
      return lineAnswer('There is no such deck: pick one of those offered.')
    const place: ChatKey = { platform: 'discord', chatId: interaction.channel.id }
    const opened = await openQuiz(store, asking, {
      place,
      deckId: deck?.id ?? null,
      secondsPerQuestion: Number(options.get('seconds') ?? DEFAULT_SECONDS),
      ...(options.has('count') ? { questions: Number(options.get('count')) } : {}),
      canAsk: ({ card, deckTitle }) => {
        const question = {
          prompt: card.prompt,
          choices: [card.answer, ...card.wrong],
          deckTitle,
          position: 0,
          total: 1,
        }
        return questionMessage({ ...question, closesAt: asking.now, answered: 0 }) !== null
      },
    })
    if (opened.kind === 'running')
      return lineAnswer('A quiz is going on here already. Its next question comes soon.')
    if (opened.kind === 'nothing')
      return lineAnswer('There is no card with choices to ask. `/decks` shows what there is.')
    const round = await store.roundAt(place)
    if (round === null) return lineAnswer('That quiz is over already.')
    try {
      await this.#askNext(round)
      return lineAnswer('The quiz begins.')
    } catch (error) {
      await store.endRound(round.id, asking.now)
      if (isForbidden(error)) return lineAnswer(NO_PERMISSION)
      throw error
    }
  }

  /** Counts an answer and tells only who gave it; whether it was right shows when the question closes. */
  async answer(interaction: APIMessageComponentInteraction, choice: number): Promise<Answer> {
    const { store } = this.#surroundings
    const question = await store.questionByExternalId('discord', interaction.message.id)
    if (question === null) return lineAnswer('That quiz is over.')
    const asking = askingOfUser(this.#surroundings, interaction)
    const counted = await answerQuiz(store, asking, question, choice, nameOf(interaction))
    if (counted === null) return lineAnswer('That question takes no answers any more.')
    return lineAnswer(countedWords(counted, question.closesAt))
  }

  /** Closes questions whose time is over and asks the next ones. */
  async closeDue(now: Date): Promise<void> {
    const { store, log } = this.#surroundings
    for (const question of await store.questionsToClose('discord', now)) {
      if (!(await store.closeQuestion(question.roundId, question.position))) continue
      try {
        await this.#showResult(question)
      } catch (error) {
        log(`the result of a question was not shown: ${describeFailure(error)}`, 'warn')
      }
      await this.#continue(question.round)
    }
  }

  /** Goes on with quizzes that a process left between two questions. Another may be doing the same. */
  async resume(): Promise<void> {
    const { store } = this.#surroundings
    for (const round of await store.idleRounds('discord')) await this.#continue(round)
  }

  async #showResult(question: OpenQuestion): Promise<void> {
    const { store } = this.#surroundings
    const [hand, answers] = await Promise.all([
      store.card(NO_LEARNER, question.cardId),
      store.answersTo(question.roundId, question.position),
    ])
    const { chatId } = question.round.place
    const [result, ...further] = closedMessages({
      prompt: hand?.card.prompt ?? '',
      choices: question.choices,
      right: question.right,
      explanation: hand?.card.explanation ?? '',
      source: hand === null ? '' : `${hand.card.source.file}:${hand.card.source.line}`,
      deckTitle: hand?.deckTitle ?? '',
      position: question.position,
      total: question.round.questions,
      chosenBy: question.choices.map((_, index) => {
        const took = answers.filter(({ choice }) => choice === index)
        return { count: took.length, names: took.flatMap(({ name }) => name ?? []) }
      }),
    })
    if (result === undefined) return
    try {
      await this.#api.edit(chatId, question.messageId, result)
    } catch (error) {
      if (!isMessageGone(error)) throw error
    }
    for (const body of further) await this.#api.send(chatId, body)
  }

  async #continue(round: Round): Promise<void> {
    const { store, now, log } = this.#surroundings
    try {
      await this.#askNext(round)
    } catch (error) {
      // Nobody can be asked there any more: without this it would be tried for ever.
      await store.endRound(round.id, now())
      log(`a quiz ended early: ${describeFailure(error)}`, 'warn')
    }
  }

  async #askNext(round: Round): Promise<void> {
    const { store, now } = this.#surroundings
    for (;;) {
      const question = await store.nextQuestion(round.id)
      if (question === null) return this.#finish(round)
      const closesAt = new Date(now().getTime() + (round.secondsPerQuestion ?? DEFAULT_SECONDS) * 1000)
      const body = await this.#bodyOf(question, round, closesAt)
      if (body === null) {
        // The card has changed since the quiz was opened.
        await store.closeQuestion(round.id, question.position)
        continue
      }
      if (!(await store.claimQuestion(question))) return
      // Sent again after a crash in between, Discord gives back the message that is there.
      const { id: messageId } = await this.#api.send(
        round.place.chatId,
        body,
        `${round.id}-${question.position}`,
      )
      await store.questionSent(question, { externalId: messageId, messageId, closesAt })
      return
    }
  }

  async #bodyOf(question: RoundQuestion, round: Round, closesAt: Date) {
    const hand = await this.#surroundings.store.card(NO_LEARNER, question.cardId)
    if (hand === null) return null
    const { choices, position } = question
    const { prompt } = hand.card
    const asked = { prompt, choices, deckTitle: hand.deckTitle, position, total: round.questions }
    return questionMessage({ ...asked, closesAt, answered: 0 })
  }

  async #finish(round: Round): Promise<void> {
    const { store, now } = this.#surroundings
    if (!(await store.endRound(round.id, now()))) return
    const standings = await store.standings(round.id)
    for (const body of standingsMessages({ title: 'Quiz', total: round.questions, standings })) {
      await this.#api.send(round.place.chatId, body)
    }
  }
}
