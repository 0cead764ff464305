import { setTimeout as delay } from 'node:timers/promises'
import type { APIInteraction } from 'discord.js'
import { type TurnBounds, Turns } from '../../../core/turns.ts'
import { UNWATCHED, type Watch } from '../../../core/watch.ts'
import type { DiscordApi } from './api.ts'
import { describeFailure } from './failures.ts'
import type { HandleInteraction } from './interaction.ts'
import { type FirstSender, LiveInteraction } from './liveInteraction.ts'
import { type Log, type Wait, wait as waitByTheClock } from './persevere.ts'
import { SeenIds } from './seenIds.ts'

/** Takes interactions, whichever way they come. */
export interface Receiver {
  /**
   * Deals with an interaction, unless it has been seen before. Never fails: failures are logged.
   *
   * @param sender gives the first response
   * @returns once it has been dealt with, or has been given up
   */
  receive(raw: APIInteraction, sender: FirstSender): Promise<'done' | 'unanswered' | 'duplicate'>
  /** Waits up to 8 s for those under way. */
  settled(): Promise<void>
}

export interface ReceiverOptions {
  readonly api: DiscordApi
  readonly log: Log
  readonly now: () => Date
  readonly watch?: Watch
  /** Answers the first of what is left out since one person has too much under way; the others get no answer. */
  readonly slowDown?: HandleInteraction
  /** Time, for tests. */
  readonly wait?: Wait
}

/** Of one person: a list of suggestions may be on its way while they press. */
const TURNS: TurnBounds = { atOnce: 2, waiting: 4, pauseMs: 250 }
/** Discord shows "did not respond" after three seconds; the deferral needs some time to get there. */
const DEFER_AFTER_MS = 1500
/** The token of an interaction lasts fifteen minutes. */
const DROP_AFTER_MS = 13 * 60_000
/** A process that is told to stop has ten seconds for all. */
const STOP_PATIENCE_MS = 8000

/**
 * Sees to it that every interaction is dealt with once and answered in time: what takes longer than 1.5 s is deferred
 * (whatever it waits for), and what takes longer than 13 minutes is given up. Nobody waits behind what somebody else does:
 * each person has a short line, and what is too much for that is left out.
 *
 * @param handle deals with one interaction
 */
export function createReceiver(
  handle: HandleInteraction,
  { api, log, now, watch = UNWATCHED, slowDown, wait = waitByTheClock }: ReceiverOptions,
): Receiver {
  const seen = new SeenIds()
  const turns = new Turns(TURNS, delay)
  const underWay = new Set<Promise<unknown>>()

  async function run(raw: APIInteraction, sender: FirstSender): Promise<'done' | 'unanswered'> {
    const interaction = new LiveInteraction(raw, sender, { api, log, wait })
    const turn = turns.take(personOf(raw), () => handle(interaction))
    if (turn.kind === 'taken') await inTime(interaction, turn.done)
    // Discord tells the person of the others itself: nobody has answered.
    else if (turn.isFirst && slowDown !== undefined) await inTime(interaction, slowDown(interaction))
    return interaction.hasResponse ? 'done' : 'unanswered'
  }

  async function inTime(interaction: LiveInteraction, work: Promise<void>): Promise<void> {
    const { raw } = interaction
    const over = new AbortController()
    const deferring = wait(DEFER_AFTER_MS, over.signal).then(() =>
      over.signal.aborted ? undefined : interaction.defer(),
    )
    const dropping = wait(DROP_AFTER_MS, over.signal).then(() => {
      if (over.signal.aborted) return
      interaction.drop()
      log(`interaction ${raw.id}: given up after ${DROP_AFTER_MS / 60_000} minutes`, 'warn')
    })
    try {
      await Promise.race([work, dropping])
    } catch (error) {
      log(`interaction ${raw.id}: ${describeFailure(error)}`, 'warn')
    } finally {
      over.abort()
      await deferring
    }
  }

  return {
    receive: (raw, sender) => {
      if (!seen.add(raw.id, now())) return Promise.resolve('duplicate')
      const work = watch
        .update('discord', raw.id, () => run(raw, sender))
        .finally(() => underWay.delete(work))
      underWay.add(work)
      return work
    },
    settled: async () => {
      const enough = new AbortController()
      await Promise.race([Promise.all(underWay), wait(STOP_PATIENCE_MS, enough.signal)])
      enough.abort()
    },
  }
}

/** Whose turn it takes; what comes from nobody takes its own. */
function personOf({ member, user, id }: APIInteraction): string {
  return (member?.user ?? user)?.id ?? id
}
