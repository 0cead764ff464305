/** Schedule, log and score. */
const WRITES = `
update schedules set repetitions = repetitions + 1, interval_days = 6, due_on = date '2026-06-07',
  drill_on = null, answered_on = date '2026-06-01', review_count = review_count + 1, last_answered_at = now()
  where learner_id = :learner and card_id = 'card-' || :card returning review_count \\gset
insert into reviews (learner_id, card_id, review_count, deck_id, kind, quality, study_day, answered_at,
  before_repetitions, before_interval_days, before_ease_hundredths, before_lapses, before_due_on, before_suspended,
  after_repetitions, after_interval_days, after_ease_hundredths, after_lapses, after_due_on, after_suspended,
  answers, reviews, passes, starts, points)
  values (:learner, 'card-' || :card, :review_count - 1, 'bench', 'scheduled', 4, '2026-06-01', now(),
  1, 1, 250, 0, '2026-06-01', false, 2, 6, 250, 0, '2026-06-07', false, 1, 1, 1, 0, 1);
insert into day_scores (learner_id, study_day, deck_id, answers, reviews, passes, starts, points)
  values (:learner, '2026-06-01', 'bench', 1, 1, 1, 0, 1)
  on conflict (learner_id, study_day, deck_id) do update set
  answers = day_scores.answers + excluded.answers, reviews = day_scores.reviews + excluded.reviews,
  passes = day_scores.passes + excluded.passes, starts = day_scores.starts + excluded.starts,
  points = day_scores.points + excluded.points;
`

/** What a review has to read to know what to write. */
const READ = `
select card.*, deck.title, deck.learner_id, schedule.*
  from cards card join decks deck on deck.id = card.deck_id
  left join schedules schedule on schedule.learner_id = :learner and schedule.card_id = card.id
  where card.id = 'card-' || :card;
`

/**
 * A review as pgbench runs it: the transaction that one is, written by hand, of a random learner and a random card.
 *
 * @returns `review` reads and writes what a review does; `writes` leaves the reading out, as if somebody had told it
 *   what to write
 */
export function byHand(
  learners: number,
  cards: number,
): { readonly review: string; readonly writes: string } {
  const transaction = (statements: string) => `
\\set learner random(1, ${learners})
\\set card random(1, ${cards})
begin;${statements}commit;
`
  return { review: transaction(READ + WRITES), writes: transaction(WRITES) }
}
