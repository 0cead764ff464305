import { DEAD_QUEUE } from '../core/jobs.ts'
import { localWords } from '../core/screens/daily.ts'
import { openStore } from '../db/openStore.ts'
import type { PlannedPlace } from '../db/plannedDailies.ts'
import { deadJobs, forgetDead, retryDead } from '../jobs/list.ts'
import { openJobs } from '../jobs/openJobs.ts'
import type { Config } from './config.ts'
import { queueLine } from './queueLine.ts'

const PLACES_SHOWN = 20
const DEAD_SHOWN = 50
/** Less is what a tick, a restart or a full queue takes. */
const LATE_SECONDS = 300

/** What is to be done about dead jobs. */
export type DeadFate = 'list' | 'retry' | 'forget'

/**
 * Prints what is planned, what is late and what has failed too often.
 *
 * @returns the exit code: 1 when something is late or dead
 */
export async function jobsCommand(config: Config, fate: DeadFate, now: Date): Promise<number> {
  const opened = await openStore(config)
  try {
    const jobs = await openJobs(opened.jobsPlace, console.error, false)
    try {
      if (fate === 'retry') console.log(`${await retryDead(jobs)} are tried again.`)
      if (fate === 'forget') await forgetDead(jobs)
      const [planned, queues, dead] = await Promise.all([
        opened.plannedDailies(PLACES_SHOWN),
        opened.figures.queues(),
        deadJobs(jobs, DEAD_SHOWN),
      ])
      const isLate = (place: PlannedPlace) => now.getTime() - place.nextAt.getTime() > LATE_SECONDS * 1000
      console.log(`Daily quizzes planned: ${planned.count}`)
      for (const place of planned.first)
        console.log(`  ${placeLine(place, now)}${isLate(place) ? '  LATE' : ''}`)
      console.log('Jobs:')
      const alive = queues.filter(({ queue }) => queue !== DEAD_QUEUE)
      for (const each of alive) {
        const late = each.lagSeconds > LATE_SECONDS ? `  LATE by ${Math.round(each.lagSeconds)} s` : ''
        console.log(`  ${queueLine(each)}${late}`)
      }
      if (alive.length === 0) console.log('  none')
      console.log(`Dead: ${dead.length === 0 ? 'none' : ''}`)
      for (const { queue, subject, since, reason } of dead) {
        console.log(`  ${since.toISOString()}  ${queue} of ${subject}: ${reason}`)
      }
      const isWell =
        dead.length === 0 &&
        !planned.first.some(isLate) &&
        alive.every(({ lagSeconds }) => lagSeconds <= LATE_SECONDS)
      return isWell ? 0 : 1
    } finally {
      await jobs.close()
    }
  } finally {
    await opened.close()
  }
}

function placeLine({ platform, placeId, name, nextAt, timeZone }: PlannedPlace, now: Date): string {
  const called = name === '' ? '' : ` "${name.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')}"`
  return `${platform} ${placeId}${called}  ${localWords(nextAt, timeZone, now)} (${timeZone})`
}
