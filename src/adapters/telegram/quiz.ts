import type { Api } from 'grammy'
import type { Asking } from '../../core/asking.ts'
import type { CardInHand } from '../../core/cardInHand.ts'
import type { ChatKey } from '../../core/chatStore.ts'
import { answerQuiz, findDeck, openQuiz } from '../../core/quiz/quiz.ts'
import type { Round, RoundQuestion } from '../../core/quiz/roundStore.ts'
import { privateScreen, type Screen } from '../../core/screen.ts'
import { quizOpeningScreen, quizResultScreen, standingsScreen } from '../../core/screens/quiz.ts'
import { studyDayAt } from '../../core/studyDay.ts'
import type { Surroundings } from '../../core/surroundings.ts'
import { send } from './deliver.ts'
import { inChat } from './moved.ts'
import { quizPoll } from './render/poll.ts'
import { describeFailure } from './transport/failures.ts'
import type { Vote } from './votes.ts'

const GROUP_SECONDS = 20
const NAME_LENGTH = 32
/** Nobody: a card as it is, without anybody's schedule. */
const NO_LEARNER = 0

/** Quizzes as Telegram's own quiz polls. */
export class Quizzes {
  readonly #api: Api
  readonly #byClock: Api
  readonly #surroundings: Surroundings

  /**
   * @param api answers people at once
   * @param byClock keeps Telegram's limits, and is for what nobody waits for
   */
  constructor(api: Api, byClock: Api, surroundings: Surroundings) {
    this.#api = api
    this.#byClock = byClock
    this.#surroundings = surroundings
  }

  /**
   * Opens a quiz in a chat and asks its first question. In a private chat it takes the place of one that was left
   * unfinished; in a group one at a time goes on.
   *
   * @param words which deck; empty for any
   */
  async open(chatId: number, isGroup: boolean, asking: Asking, words: string): Promise<void> {
    const { store } = this.#surroundings
    const learner = await store.learner(asking.identity, asking.initialSettings)
    const today = studyDayAt(asking.now, learner.timeZone, learner.dayStartHour)
    const decks = await store.deckSummaries(learner.id, today)
    const deck = findDeck(decks, words)
    if (words.trim() !== '' && deck === null) {
      const known = decks
        .filter(({ isOwn }) => !isOwn)
        .map(({ title }) => title)
        .join(', ')
      await this.#say(chatId, isGroup, `I know no such deck. There are: ${known}.`)
      return
    }
    const place = placeOf(chatId)
    if (!isGroup) await this.#abandon(place)
    const opened = await openQuiz(store, asking, {
      place,
      deckId: deck?.id ?? null,
      secondsPerQuestion: isGroup ? GROUP_SECONDS : null,
      canAsk: (hand) =>
        pollOf(hand, { choices: [hand.card.answer, ...hand.card.wrong], right: 0 }, 9, 10) !== null,
    })
    if (opened.kind === 'running') {
      await this.#say(chatId, isGroup, 'A quiz is going on here already. Its next question comes soon.')
    } else if (opened.kind === 'nothing') {
      await this.#say(chatId, isGroup, 'There is no card with choices to ask. /decks shows what there is.')
    } else {
      if (isGroup) {
        const title = deck?.title ?? 'all decks'
        await send(this.#api, chatId, quizOpeningScreen(opened.questions, GROUP_SECONDS, title))
      }
      const secondsPerQuestion = isGroup ? GROUP_SECONDS : null
      await this.#askNext(this.#api, {
        id: opened.roundId,
        place,
        secondsPerQuestion,
        questions: opened.questions,
      })
    }
  }

  /**
   * Counts an answer to a poll, as often as it comes once; in a private chat the next question follows.
   *
   * @returns false when the poll is not known
   */
  async answer({ pollId, user, choice }: Vote, asking: Asking): Promise<boolean> {
    const { store } = this.#surroundings
    const question = await store.questionByExternalId('telegram', pollId)
    if (question === null) return false
    if (question.closed) return true
    const name = user.first_name.trim().slice(0, NAME_LENGTH) || 'Somebody'
    const counted = await answerQuiz(store, asking, question, choice, name)
    // What closes by the clock goes on by the clock: in a group, and the questions of a daily quiz.
    if (counted === null || question.closesAt !== null) return true
    if (await store.closeQuestion(question.roundId, question.position)) {
      await this.#continue(this.#api, question.round)
    }
    return true
  }

  /** Closes questions whose time is over and asks the next ones. */
  async closeDue(now: Date): Promise<void> {
    const { store } = this.#surroundings
    const due = await store.questionsToClose('telegram', now)
    // Side by side: a group that has had its share of messages holds no other one up.
    const works = due.map(async ({ roundId, position, round }) => {
      if (await store.closeQuestion(roundId, position)) await this.#continue(this.#byClock, round)
    })
    await this.#allOf(works)
  }

  /** Goes on with quizzes that a process left between two questions. Another may be doing the same. */
  async resume(): Promise<void> {
    const { store } = this.#surroundings
    const idle = await store.idleRounds('telegram')
    await this.#allOf(idle.map((round) => this.#continue(this.#byClock, round)))
  }

  /** Ends the quiz of a group; false when there is none. */
  async stop(chatId: number): Promise<boolean> {
    const { store } = this.#surroundings
    const round = await store.roundAt(placeOf(chatId))
    if (round === null) return false
    await this.#closePoll(round)
    await this.#finish(this.#api, round)
    return true
  }

  async #allOf(works: readonly Promise<void>[]): Promise<void> {
    for (const end of await Promise.allSettled(works)) {
      if (end.status === 'rejected') {
        this.#surroundings.log(`a quiz ended early: ${describeFailure(end.reason)}`, 'warn')
      }
    }
  }

  async #abandon(place: ChatKey): Promise<void> {
    const { store } = this.#surroundings
    const round = await store.roundAt(place)
    if (round === null) return
    await this.#closePoll(round)
    await store.endRound(round.id, this.#surroundings.now())
  }

  async #closePoll(round: Round): Promise<void> {
    const shown = await this.#surroundings.store.questionOnShow(round.id)
    if (shown === null) return
    await this.#surroundings.store.closeQuestion(shown.roundId, shown.position)
    // It may be closed or deleted already.
    await this.#api.stopPoll(Number(round.place.chatId), Number(shown.messageId)).catch(() => {})
  }

  async #continue(api: Api, round: Round): Promise<void> {
    try {
      await this.#askNext(api, round)
    } catch (error) {
      // Nobody can be asked there any more: without this it would be tried for ever.
      await this.#surroundings.store.endRound(round.id, this.#surroundings.now())
      throw error
    }
  }

  async #askNext(
    api: Api,
    {
      id: roundId,
      place,
      secondsPerQuestion,
      questions,
    }: Pick<Round, 'id' | 'place' | 'secondsPerQuestion' | 'questions'>,
  ): Promise<void> {
    const { store, now } = this.#surroundings
    for (;;) {
      const question = await store.nextQuestion(roundId)
      if (question === null) {
        const round = await store.roundAt(place)
        if (round !== null && round.id === roundId) await this.#finish(api, round)
        return
      }
      const hand = await store.card(NO_LEARNER, question.cardId)
      const poll = hand === null ? null : pollOf(hand, question, question.position, questions)
      if (poll === null) {
        // The card has changed since the quiz was opened.
        await store.closeQuestion(roundId, question.position)
        continue
      }
      if (!(await store.claimQuestion(question))) return
      const { question: text, options, ...rest } = poll
      const period = secondsPerQuestion === null ? {} : { open_period: secondsPerQuestion }
      const sent = await inChat(place.chatId, store, (chatId) =>
        api.sendPoll(chatId, text, options, { ...rest, ...period }),
      )
      const closesAt =
        secondsPerQuestion === null ? null : new Date(now().getTime() + secondsPerQuestion * 1000)
      const messageId = String(sent.message_id)
      await store.questionSent(question, { externalId: sent.poll.id, messageId, closesAt })
      return
    }
  }

  async #finish(api: Api, round: Round): Promise<void> {
    const { store, now } = this.#surroundings
    if (!(await store.endRound(round.id, now()))) return
    const standings = await store.standings(round.id)
    const isGroup = round.secondsPerQuestion !== null
    const screen = isGroup ? standingsScreen(round, standings) : quizResultScreen(round, standings[0] ?? null)
    await inChat(round.place.chatId, store, (chatId) => send(api, chatId, screen))
  }

  async #say(chatId: number, isGroup: boolean, text: string): Promise<void> {
    const screen: Screen = privateScreen({ blocks: [{ kind: 'plain', text }] })
    await send(this.#api, chatId, isGroup ? { ...screen, visibility: 'everyone' } : screen)
  }
}

function placeOf(chatId: number): ChatKey {
  return { platform: 'telegram', chatId: String(chatId) }
}

function pollOf(
  hand: CardInHand,
  asked: Pick<RoundQuestion, 'choices' | 'right'>,
  position: number,
  total: number,
): ReturnType<typeof quizPoll> {
  const { prompt, explanation } = hand.card
  return quizPoll({ ...asked, prompt, explanation, deckTitle: hand.deckTitle, position, total })
}
