import type { Update, User } from 'grammy/types'
import type { Log } from '../../core/watch.ts'
import { describeFailure } from './transport/failures.ts'

/** Pauses between tries, as multiples of the first: with half a second some twenty in all. */
const PAUSES = [1, 3, 9, 27] as const

/**
 * Counts a vote in a quiz poll, and tries again when that fails: Telegram takes no second vote, and tells nobody that the
 * first was lost. A poll that is not known may be one that was sent a moment ago.
 *
 * @param count false: the poll is not known
 * @param firstPauseMs see {@link PAUSES}
 * @throws what the last try threw
 */
export async function countVote(
  count: () => Promise<boolean>,
  { log, firstPauseMs }: { readonly log: Log; readonly firstPauseMs: number },
): Promise<void> {
  for (const pause of PAUSES) {
    try {
      if (await count()) return
    } catch (error) {
      log(`a vote was not counted yet: ${describeFailure(error)}`, 'warn')
    }
    await new Promise((resolve) => setTimeout(resolve, firstPauseMs * pause))
  }
  await count()
}

/** Who voted for what. */
export interface Vote {
  readonly pollId: string
  readonly user: User
  /** Index of the option. */
  readonly choice: number
}

/** Null for a vote that was taken back, or one in the name of a chat. */
export function voteOf({ poll_id, user, option_ids }: NonNullable<Update['poll_answer']>): Vote | null {
  const [choice] = option_ids
  return user === undefined || choice === undefined ? null : { pollId: poll_id, user, choice }
}
