import { type APIInteraction, ApplicationCommandType, InteractionType } from 'discord.js'
import type { Surroundings } from '../../core/surroundings.ts'
import { UNWATCHED } from '../../core/watch.ts'
import { type Answer, lineAnswer } from './answer.ts'
import { deliver } from './deliver.ts'
import { Quizzes } from './quiz.ts'
import { sendReminders } from './reminders.ts'
import { decodeQuizAnswer } from './render/quiz.ts'
import { Sessions } from './session.ts'
import { suggest } from './suggestions.ts'
import { Teams } from './teams.ts'
import type { DiscordApi } from './transport/api.ts'
import { describeFailure } from './transport/failures.ts'
import type { HandleInteraction, Interaction } from './transport/interaction.ts'
import { wait } from './transport/persevere.ts'

const TOO_FAST = 'Not so fast: I have left out what you did just now. Please try it again in a moment.'
const TROUBLE = 'That did not work just now. Nothing is lost: please try again in a moment.'
const UNKNOWN = 'I do not know that command any more. `/help` lists what I can do.'

/** The person sees "is thinking" meanwhile, from 1.5 s on. */
const PATIENCE_MS = 5000

/** Another process may have left a quiz between two questions; so often it is looked for. */
const TICKS_BETWEEN_RESUMES = 20

/** What the bot makes of what people do, and what it does by the clock. */
export interface DiscordBot {
  /** What goes wrong is told to the person and to the log; so is what takes too long. */
  readonly handle: HandleInteraction
  /** Answers what is left out since the same person has too much under way. */
  readonly slowDown: HandleInteraction
  /** Goes on with quizzes that were interrupted. Never fails. Call it before the first tick. */
  resume(): Promise<void>
  /** Closes questions, goes on with interrupted quizzes and sends reminders whose time has come. Call it every second; calls do not overlap. */
  tick(): Promise<void>
}

/** The bot; it knows neither the gateway nor HTTP. */
export function createBot(api: DiscordApi, surroundings: Surroundings, patienceMs = PATIENCE_MS): DiscordBot {
  const { watch = UNWATCHED } = surroundings
  const quizzes = new Quizzes(api, surroundings)
  const sessions = new Sessions(surroundings)
  const teams = new Teams(api, surroundings)
  let ticking: Promise<void> | null = null
  let ticks = 0
  return {
    handle: answerInTime,
    slowDown: async (interaction) => {
      const { id } = interaction.raw
      surroundings.log(
        `interaction ${id}: left out, and what follows, as long as its sender does not wait`,
        'warn',
      )
      await deliver(sorry(interaction.raw, TOO_FAST), interaction)
    },
    resume: () => safely(() => quizzes.resume()),
    tick: () => {
      ticking ??= tickOnce().finally(() => {
        ticking = null
      })
      return ticking
    },
  }

  async function answerInTime(interaction: Interaction): Promise<void> {
    const over = new AbortController()
    const slow = wait(patienceMs, over.signal).then(() => {
      if (!over.signal.aborted)
        surroundings.log(`interaction ${interaction.raw.id}: no answer in ${patienceMs} ms`, 'warn')
      return lineAnswer(TROUBLE)
    })
    const answer = await Promise.race([answerSafely(interaction.raw), slow])
    over.abort()
    if (answer !== null) await deliver(answer, interaction)
  }

  async function answerSafely(interaction: APIInteraction): Promise<Answer | null> {
    try {
      return await answerTo(interaction)
    } catch (error) {
      surroundings.log(`interaction ${interaction.id}: ${describeFailure(error)}`, 'warn')
      return sorry(interaction, TROUBLE)
    }
  }

  async function answerTo(interaction: APIInteraction): Promise<Answer | null> {
    switch (interaction.type) {
      case InteractionType.ApplicationCommand: {
        const { data } = interaction
        if (data.type === ApplicationCommandType.Message) return sessions.makeCard({ ...interaction, data })
        if (data.type !== ApplicationCommandType.ChatInput) return lineAnswer(UNKNOWN)
        const command = { ...interaction, data }
        if (data.name === 'quiz') return quizzes.open(command)
        return (await teams.command(command)) ?? (await sessions.command(command)) ?? lineAnswer(UNKNOWN)
      }
      case InteractionType.ApplicationCommandAutocomplete:
        return suggest(surroundings, interaction)
      case InteractionType.MessageComponent: {
        const choice = decodeQuizAnswer(interaction.data.custom_id)
        if (choice !== null) return quizzes.answer(interaction, choice)
        return (await teams.press(interaction)) ?? sessions.press(interaction)
      }
      case InteractionType.ModalSubmit:
        return sessions.write(interaction)
      default:
        return null
    }
  }

  async function tickOnce(): Promise<void> {
    const now = surroundings.now()
    await safely(() => quizzes.closeDue(now))
    if (++ticks % TICKS_BETWEEN_RESUMES === 0) await safely(() => quizzes.resume())
    await safely(() => sendReminders(api, surroundings, now))
  }

  async function safely(work: () => Promise<void>): Promise<void> {
    try {
      await watch.byClock('discord', work)
    } catch (error) {
      surroundings.log(describeFailure(error), 'warn')
    }
  }
}

/** For the person alone; whoever is only typing sees no suggestions. */
function sorry({ type }: APIInteraction, text: string): Answer {
  const isTyping = type === InteractionType.ApplicationCommandAutocomplete
  return isTyping ? { kind: 'choices', choices: [] } : lineAnswer(text)
}
