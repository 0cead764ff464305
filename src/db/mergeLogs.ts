import { type SQL, sql } from 'drizzle-orm'
import type { StudyDay } from '../core/studyDay.ts'
import type { Database } from './database.ts'
import { cards, reviews, roundAnswers, roundQuestions, schedules } from './schema.ts'
import { SCHEDULE_COLUMNS, scheduleIn, UNSEEN_SQL, writeTransfers } from './transfers.ts'

/**
 * Makes two learners' logs and schedules those of one, card by card. Where both have a log, the one that is less
 * advanced comes first, then a transfer, then the other, moved on by as many counts: each stays as its rules wrote it,
 * and the state is that of the further advanced.
 *
 * The schedules of both must be locked.
 */
export async function mergeLogs(
  transaction: Database,
  survivorId: number,
  otherId: number,
  { studyDay, now }: { readonly studyDay: StudyDay; readonly now: Date },
): Promise<void> {
  const both = cardsOfBoth(survivorId, otherId)
  const shift = sql`earlier.review_count + 1`

  await transaction.execute(sql`
    update ${roundAnswers} answer
    set review_count = answer.review_count + case when answer.learner_id = later.learner_id
      then ${shift} else 1 + later.review_count end
    from ${both}, ${roundQuestions} question
    where question.card_id = earlier.card_id
      and question.round_id = answer.round_id and question.position = answer.position
      and (answer.learner_id = later.learner_id
        -- It is kept, but its review was not written yet: that is to come last of all.
        or (answer.learner_id = earlier.learner_id and answer.review_count >= earlier.review_count))
      and ${isPair(survivorId, otherId)}`)

  // Behind the earlier log, under its learner: so no two rows ever have the same key.
  await transaction.execute(sql`
    update ${reviews} entry
    set learner_id = earlier.learner_id, review_count = entry.review_count + ${shift},
      undoes = entry.undoes + ${shift}
    from ${both}
    where entry.learner_id = later.learner_id and entry.card_id = later.card_id
      and ${isPair(survivorId, otherId)}`)
  await writeTransfers(transaction, {
    learnerId: sql`earlier.learner_id`,
    cardId: sql`earlier.card_id`,
    deckId: sql`card.deck_id`,
    reviewCount: sql`earlier.review_count`,
    before: scheduleIn('earlier'),
    after: UNSEEN_SQL,
    studyDay,
    now,
    from: sql`${both} join ${cards} card on card.id = earlier.card_id where ${isPair(survivorId, otherId)}`,
  })
  await transaction.execute(
    sql`update ${reviews} set learner_id = ${survivorId} where learner_id = ${otherId}`,
  )

  const columns = SCHEDULE_COLUMNS.map((column) => sql.raw(`${column} = later.${column}`))
  await transaction.execute(sql`
    update ${schedules} stored
    set ${sql.join(columns, sql`, `)}, review_count = later.review_count + ${shift},
      last_answered_at = coalesce(later.last_answered_at, earlier.last_answered_at)
    from ${both}
    where stored.learner_id = ${survivorId} and stored.card_id = earlier.card_id
      and ${isPair(survivorId, otherId)}`)
  await transaction.execute(sql`
    delete from ${schedules} where learner_id = ${otherId}
      and card_id in (select card_id from ${schedules} where learner_id = ${survivorId})`)
  await transaction.execute(
    sql`update ${schedules} set learner_id = ${survivorId} where learner_id = ${otherId}`,
  )
}

/** Each card that both have a log of: the schedule that is less advanced as `earlier`, the other as `later`. */
function cardsOfBoth(survivorId: number, otherId: number): SQL {
  const isOne = sql`in (${survivorId}::bigint, ${otherId}::bigint)`
  return sql`(select * from ${schedules} where learner_id ${isOne}) as earlier
    join (select * from ${schedules} where learner_id ${isOne}) as later on later.card_id = earlier.card_id`
}

/** Which of the two rows of a card is which; of two that are alike the survivor's counts as further advanced. */
function isPair(survivorId: number, otherId: number): SQL {
  const advance = (row: string) => sql.raw(`(${row}.interval_days, ${row}.repetitions, ${row}.review_count)`)
  return sql`(
    (earlier.learner_id = ${otherId} and later.learner_id = ${survivorId}
      and ${advance('later')} >= ${advance('earlier')})
    or (earlier.learner_id = ${survivorId} and later.learner_id = ${otherId}
      and ${advance('later')} > ${advance('earlier')}))`
}
