import type { Agenda } from '../agenda.ts'
import type { Learner } from '../learner.ts'
import { type Block, type Button, privateScreen, type Screen } from '../screen.ts'
import { count } from '../words.ts'
import { undoButton } from './card.ts'

/** The end of a session, or a look at it on the way. */
export interface Day {
  readonly agenda: Agenda
  /** Cards due on the next study day as things stand. */
  readonly dueTomorrow: number
  readonly streakDays: number
  /** Enrolled in at least one deck. */
  readonly enrolled: boolean
}

/** What was done today, what comes tomorrow, the streak, and what is left if the session is not over. */
export function summaryScreen(learner: Learner, day: Day, notice: string | null): Screen {
  const { agenda } = day
  const left = agenda.left.due + agenda.left.new + agenda.left.drills
  const blocks: Block[] = [
    { kind: 'heading', text: headline(day, left) },
    { kind: 'plain', text: done(agenda) },
    ...(left > 0 ? [{ kind: 'plain', text: `Still to come today: ${leftWords(agenda)}.` } as const] : []),
    { kind: 'plain', text: tomorrow(day, learner) },
  ]
  if (day.streakDays > 0) blocks.push({ kind: 'plain', text: `Streak: ${count(day.streakDays, 'day')}.` })
  if (left === 0 && agenda.overLimit.due > 0) {
    blocks.push({
      kind: 'note',
      text: `${count(agenda.overLimit.due, 'more card is', 'more cards are')} due, beyond your ${learner.reviewsPerDay} a day (see Settings).`,
    })
  }
  const further: Button[] = [
    { label: 'Decks', action: { kind: 'decks' }, weight: 'normal' },
    { label: 'Stats', action: { kind: 'stats' }, weight: 'normal' },
    { label: 'Settings', action: { kind: 'settings' }, weight: 'normal' },
    ...undoButton(agenda.last, null),
  ]
  const study: Button = {
    label: 'Study',
    action: { kind: 'study', deckId: null },
    weight: 'primary',
  }
  return privateScreen({ notice, blocks, buttons: left > 0 ? [[study], further] : [further] })
}

function headline(day: Day, left: number): string {
  if (!day.enrolled) return 'Pick a deck to begin'
  if (left > 0) return day.agenda.today.answers > 0 ? 'So far today' : 'Ready when you are'
  return day.agenda.today.answers > 0 ? 'Done for today' : 'Nothing is due today'
}

function done({ today }: Agenda): string {
  if (today.answers === 0) return 'No answers yet today.'
  const parts = [`${count(today.answers, 'answer')} today`]
  if (today.starts > 0) parts.push(`${count(today.starts, 'new card')}`)
  if (today.reviews > 0)
    parts.push(`${Math.round((100 * today.passes) / today.reviews)} % known at the first try`)
  return `${parts.join(', ')}.`
}

function leftWords({ left }: Agenda): string {
  const parts = [
    ...(left.due > 0 ? [`${left.due} due`] : []),
    ...(left.new > 0 ? [`${left.new} new`] : []),
    ...(left.drills > 0 ? [`${left.drills} once more`] : []),
  ]
  return parts.join(', ')
}

function tomorrow(day: Day, learner: Learner): string {
  const due = Math.min(day.dueTomorrow, learner.reviewsPerDay)
  if (due === 0) return 'Nothing is due tomorrow yet.'
  return `Tomorrow: ${count(due, 'card')} to review.`
}
