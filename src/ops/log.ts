import { pino } from 'pino'
import type { Log, LogLevel } from '../core/watch.ts'
import type { Current } from './doing.ts'

/** How lines are written. */
export type LogFormat = 'json' | 'text'

export interface LogOptions {
  readonly format: LogFormat
  /** Lines that matter less are left out. */
  readonly level: LogLevel
  /** Takes out what nobody may see. */
  scrub(line: string): string
  /** What the line belongs to. */
  readonly current: Current
  /** Takes each line with its end. */
  write(text: string): void
}

/**
 * The log of a process: for machines one JSON object a line (`level`, `time`, `msg`; `platform` and `request` where an
 * update is dealt with), for people the same as words.
 */
export function createLog({ format, level, scrub, current, write }: LogOptions): Log {
  const logger = pino(
    {
      level,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: format === 'json' ? write : (json) => write(textOf(JSON.parse(json))) },
  )
  return (line, lineLevel = 'info') => {
    const doing = current.getStore()
    const about = doing && {
      platform: doing.platform,
      ...(doing.request !== null && { request: doing.request }),
    }
    logger[lineLevel](about ?? {}, scrub(line))
  }
}

interface Line {
  readonly level: LogLevel
  readonly time: string
  readonly msg: string
  readonly platform?: string
  readonly request?: string
}

function textOf({ level, time, msg, platform, request }: Line): string {
  const about = request === undefined ? '' : ` [${platform} ${request}]`
  return `${time} ${level.padEnd(5)}${about} ${msg}\n`
}
