import { Platforms } from '../core/platforms.ts'
import type { Surroundings } from '../core/surroundings.ts'
import type { Log } from '../core/watch.ts'
import { openLeaseTable } from '../db/lease.ts'
import type { OpenStore } from '../db/openStore.ts'
import { openJobs } from '../jobs/openJobs.ts'
import { type Current, makeCurrent } from '../ops/doing.ts'
import { createLog } from '../ops/log.ts'
import { scrubber } from '../ops/scrub.ts'
import type { Config } from './config.ts'
import { findZones, zonesOfLanguage } from './findZones.ts'
import type { LateJobs } from './lateJobs.ts'
import { alone, byTheClock, createLeases } from './leases.ts'
import { withPatience } from './patience.ts'
import { runBots } from './runBots.ts'
import { dieAloud, failureLine, stopHard } from './stopping.ts'
import { Ticker } from './ticker.ts'
import { watchProcess } from './watchProcess.ts'

/**
 * Runs the bots until the process is told to stop, so that an operator can follow it.
 *
 * @param opened stays open
 * @param late is given the jobs once they are open
 * @returns the exit code
 */
export async function runService(
  config: Config,
  opened: OpenStore,
  late: LateJobs,
  notesUrl: Surroundings['notesUrl'],
  stop: AbortSignal,
): Promise<number> {
  const current = makeCurrent()
  const log = logOf(config, current)
  dieAloud(log)
  stopHard(stop, log)
  const table = config.databaseUrl === null ? null : openLeaseTable(config.databaseUrl)
  try {
    const leases = table === null ? alone() : createLeases(table, log, byTheClock)
    const jobs = await openJobs(opened.jobsPlace, (line) => log(line, 'error'))
    await using _closing = { [Symbol.asyncDispose]: () => jobs.close() }
    late.set(jobs)
    const patient = withPatience(opened.store, {
      markSilence: opened.markSilence,
      onSilence: (method) =>
        log(`the database is silent (${method}): its connections are opened anew`, 'warn'),
    })
    // Outside of it, so that what takes too long is counted as a failure of the database.
    const patiently = { ...opened, store: patient }
    await using watched = await watchProcess(config, patiently, leases.states, current, stop)
    const { store, watch } = watched
    const platforms = new Platforms()
    const now = () => new Date()
    const surroundings = {
      store,
      platforms,
      now,
      findZones,
      zonesOfLanguage,
      notesUrl,
      log,
      watch,
      leases,
    }
    await using ticker = new Ticker(jobs, surroundings)
    await ticker.start()
    await runBots(config, surroundings, stop)
    return 0
  } catch (error) {
    log(`the process ends: ${failureLine(error)}`, 'error')
    return 1
  } finally {
    await table?.close()
  }
}

function logOf({ log: { format, level }, databaseUrl, telegram, discord }: Config, current: Current): Log {
  const password = databaseUrl === null ? '' : new URL(databaseUrl).password
  const secrets = [
    databaseUrl ?? '',
    password,
    decodeURIComponent(password),
    telegram?.token ?? '',
    telegram?.token.split(':')[1] ?? '',
    telegram?.webhook?.secret ?? '',
    discord?.token ?? '',
  ]
  return createLog({
    format: format ?? (process.stderr.isTTY ? 'text' : 'json'),
    level,
    scrub: scrubber(secrets),
    current,
    write: (text) => process.stderr.write(text),
  })
}
