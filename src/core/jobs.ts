import type { Platform } from './learner.ts'

/** What is to be done later, or by whichever process is connected to a platform. */
export type Job =
  /** Choose the questions of a daily quiz and post them. */
  | { readonly kind: 'openDaily'; readonly platform: Platform; readonly roundId: number }
  /** Show its result. */
  | { readonly kind: 'closeDaily'; readonly platform: Platform; readonly roundId: number; readonly at: Date }
  /** Post the weekly summary of a team into one of its places. */
  | {
      readonly kind: 'postWeekly'
      readonly platform: Platform
      readonly teamId: number
      readonly chatId: string
    }

/** Where jobs go that failed too often: they wait for nobody but an operator. */
export const DEAD_QUEUE = 'dead'

export const JOB_KINDS = ['openDaily', 'closeDaily', 'postWeekly'] as const satisfies readonly Job['kind'][]
