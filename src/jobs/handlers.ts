import { chooseDaily } from '../core/daily/dailyPosting.ts'
import type { PlatformHands, Platforms } from '../core/platforms.ts'
import type { Store } from '../core/store.ts'
import { weeklySummary } from '../core/team/weeklySummary.ts'
import type { JobData } from './openJobs.ts'

/** What jobs work with. */
export interface JobSurroundings {
  readonly store: Store
  readonly platforms: Platforms
  now(): Date
  /** Takes one line for the operator: no texts of messages, no secrets. "info" unless given. */
  log(line: string, level?: 'info' | 'warn'): void
}

/** What became of a job. */
export type Done =
  | { readonly kind: 'done' }
  /** Its time has not come, by the clock of this process. */
  | { readonly kind: 'early'; readonly milliseconds: number }

const DONE: Done = { kind: 'done' }

/**
 * Does a job. It may have been done before, in part or whole: then what is left is done.
 *
 * @throws whatever the store or the platform throws: the job is tried again later
 */
export async function doJob(data: JobData, surroundings: JobSurroundings): Promise<Done> {
  const hands = surroundings.platforms.of(data.platform)
  if (hands === null) throw new Error(`this process is not connected to ${data.platform}`)
  switch (data.kind) {
    case 'openDaily':
      return openDaily(data.roundId ?? 0, hands, surroundings)
    case 'closeDaily':
      return closeDaily(data.roundId ?? 0, hands, surroundings)
    case 'postWeekly':
      return postWeekly(data.teamId ?? 0, data.chatId ?? '', hands, surroundings)
  }
}

async function openDaily(
  roundId: number,
  hands: PlatformHands,
  { store, now, log }: JobSurroundings,
): Promise<Done> {
  const round = await store.dailyRound(roundId)
  if (round === null || round.ended) return DONE
  const name = `the daily quiz of ${round.place.platform} place ${round.place.placeId} on ${round.on}`
  if (now() >= round.closesAt) {
    // Where a part of it was posted, its closing is planned.
    if (round.questions.length === 0) await store.endRound(roundId, now())
    log(`${name} was not opened in time: it closed at ${round.closesAt.toISOString()}`, 'warn')
    return DONE
  }
  const questions = await chooseDaily(store, roundId)
  if (questions === 0) {
    await store.endRound(roundId, now())
    log(`${name} has no question: its decks hold no card with choices that fit every platform`, 'warn')
    return DONE
  }
  await hands.openDaily(roundId)
  return DONE
}

async function closeDaily(
  roundId: number,
  hands: PlatformHands,
  { store, now }: JobSurroundings,
): Promise<Done> {
  const round = await store.dailyRound(roundId)
  if (round === null || round.ended) return DONE
  const early = round.closesAt.getTime() - now().getTime()
  if (early > 0) return { kind: 'early', milliseconds: early }
  // Of one that nobody has seen there is nothing to say.
  if (round.questions.some(({ messageId }) => messageId !== null)) await hands.closeDaily(roundId)
  await store.endRound(roundId, now())
  return DONE
}

async function postWeekly(
  teamId: number,
  chatId: string,
  hands: PlatformHands,
  { store, now, log }: JobSurroundings,
): Promise<Done> {
  const summary = await weeklySummary(store, teamId, now())
  if (summary === null) return DONE
  const { screen, startsOn } = summary
  if (!(await hands.post(chatId, screen, startsOn.replaceAll('-', '')))) {
    log(`the weekly summary of team ${teamId} was not posted: I am not in chat ${chatId} any more`, 'warn')
  }
  return DONE
}
