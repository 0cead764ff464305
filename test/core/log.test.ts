import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  answerEntry,
  type LogEntry,
  type Occasion,
  regradeEntry,
  suspensionEntry,
  transferEntry,
  undoEntry,
} from '../../src/core/log.ts'
import { replay } from '../../src/core/replay.ts'
import { type CardState, type Quality, UNSEEN } from '../../src/core/schedule.ts'
import { addDays, parseStudyDay, type StudyDay } from '../../src/core/studyDay.ts'

const DAY = parseStudyDay('2026-05-04')

function on(studyDay: StudyDay): Occasion {
  return { learnerId: 1, cardId: 'c', deckId: 'd', studyDay, answeredAt: new Date(0) }
}

/** The state a card is in after an entry, as a store would keep it. */
function stateAfter(entry: LogEntry): CardState {
  return { ...entry.after, reviewCount: entry.reviewCount + 1 }
}

/** A card answered 4 and 4: due in six days, seen on two days. */
function learned(): CardState {
  const first = answerEntry(on(DAY), UNSEEN, 4)
  return stateAfter(answerEntry(on(addDays(DAY, 1)), stateAfter(first), 4))
}

describe('an answer', () => {
  it('to a new card starts its schedule and earns a point', () => {
    const entry = answerEntry(on(DAY), UNSEEN, 4)
    expect(entry).toMatchObject({ kind: 'scheduled', reviewCount: 0, undoes: null })
    expect(entry.score).toEqual({ answers: 1, reviews: 1, passes: 1, starts: 1, points: 1 })
    expect(entry.after).toMatchObject({ repetitions: 1, dueOn: addDays(DAY, 1), answeredOn: DAY })
  })

  it.each([
    [1, 1],
    [2, 2],
    [6, 3],
    [15, 4],
    [16, 5],
    [36_500, 16],
  ])('after an interval of %i days earns %i points', (intervalDays, points) => {
    const state = { ...learned(), intervalDays, dueOn: DAY }
    expect(answerEntry(on(DAY), state, 5).score.points).toBe(points)
    expect(answerEntry(on(DAY), state, 2).score.points).toBe(0)
  })

  it('on the day of a poor one is a drill, which changes no schedule and ends at 4', () => {
    const failed = stateAfter(answerEntry(on(DAY), UNSEEN, 1))
    const again = answerEntry(on(DAY), failed, 3)
    expect(again.kind).toBe('drill')
    expect(again.score).toEqual({ answers: 1, reviews: 0, passes: 0, starts: 0, points: 0 })
    expect(again.after).toEqual({ ...again.before, drillOn: DAY })
    const done = answerEntry(on(DAY), stateAfter(again), 4)
    expect(done.after).toEqual({ ...again.before, drillOn: null })
  })

  it('left undrilled is simply due the day after', () => {
    const failed = stateAfter(answerEntry(on(DAY), UNSEEN, 1))
    const next = answerEntry(on(addDays(DAY, 1)), failed, 4)
    expect(next.kind).toBe('scheduled')
    expect(next.after).toMatchObject({ repetitions: 1, drillOn: null })
  })

  it('before its day teaches only by failing', () => {
    const early = addDays(DAY, 3)
    const known = answerEntry(on(early), learned(), 5)
    expect(known.kind).toBe('practice')
    expect(known.after).toEqual({ ...known.before, answeredOn: early })
    const missed = answerEntry(on(early), learned(), 1)
    expect(missed.kind).toBe('early')
    expect(missed.after).toMatchObject({ repetitions: 0, lapses: 1, intervalDays: 1, drillOn: early })
    expect(missed.score.points).toBe(0)
  })
})

describe('taking back and grading anew', () => {
  it('undo restores the schedule and takes back the score, on the day of the answer', () => {
    const before = learned()
    const answer = answerEntry(on(addDays(DAY, 7)), before, 1)
    const undone = undoEntry(answer, stateAfter(answer), new Date(1))
    expect({ ...undone.after, reviewCount: before.reviewCount }).toEqual(before)
    expect(undone).toMatchObject({
      kind: 'undo',
      quality: null,
      undoes: answer.reviewCount,
      studyDay: answer.studyDay,
    })
    expect(undone.score).toEqual({ answers: -1, reviews: -1, passes: 0, starts: 0, points: 0 })
  })

  it('a grade given anew counts as if it had been given first', () => {
    const good = answerEntry(on(DAY), UNSEEN, 4)
    const easy = regradeEntry(good, 5, 1, new Date(1))
    expect(easy.after).toEqual(answerEntry(on(DAY), UNSEEN, 5).after)
    expect(easy.score).toEqual({ answers: 0, reviews: 0, passes: 0, starts: 0, points: 0 })
    const again = regradeEntry(easy, 1, 2, new Date(2))
    expect(again.score).toEqual({ answers: 0, reviews: 0, passes: -1, starts: 0, points: -1 })
    const undone = undoEntry(again, stateAfter(again), new Date(3))
    expect(undone.after).toEqual(good.before)
    expect(undone.score).toEqual({ answers: -1, reviews: -1, passes: 0, starts: -1, points: 0 })
  })
})

type Step = {
  what: 'answer' | 'regrade' | 'undo' | 'suspend' | 'resume'
  quality: Quality
  daysLater: number
}
const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom('answer', 'answer', 'answer', 'regrade', 'undo', 'suspend', 'resume'),
  quality: fc.constantFrom<Quality>(0, 1, 2, 3, 4, 5),
  daysLater: fc.integer({ min: 0, max: 20 }),
})

/** Plays steps as a learner would: undo and a new grade reach for the latest entry that still stands. */
function play(steps: readonly Step[]): LogEntry[] {
  const log: LogEntry[] = []
  const standing: LogEntry[] = []
  let state = UNSEEN
  let today = DAY
  for (const { what, quality, daysLater } of steps) {
    today = addDays(today, daysLater)
    const last = standing.at(-1)
    let entry: LogEntry
    if (what === 'answer') entry = answerEntry(on(today), state, quality)
    else if (what === 'suspend' || what === 'resume')
      entry = suspensionEntry(on(today), state, what === 'suspend')
    else if (last === undefined) continue
    else if (what === 'undo') entry = undoEntry(last, state, new Date(0))
    else if (last.quality === null) continue
    else entry = regradeEntry(last, quality, state.reviewCount, new Date(0))
    if (entry.undoes !== null) standing.pop()
    if (entry.kind !== 'undo') standing.push(entry)
    log.push(entry)
    state = stateAfter(entry)
  }
  return log
}

describe('replaying the log', () => {
  it('gives the state that was reached, and finds nothing wrong', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const log = play(steps)
        const last = log.at(-1)
        const result = replay(log)
        expect(result.problems).toEqual([])
        expect(result.state).toEqual(last === undefined ? UNSEEN : stateAfter(last))
      }),
    )
  })

  it('undoing everything leads back to the beginning, and the scores to nothing', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const log = play([...steps, ...steps.map((): Step => ({ what: 'undo', quality: 0, daysLater: 0 }))])
        expect(replay(log).state).toEqual({ ...UNSEEN, reviewCount: log.length })
        for (const field of ['answers', 'reviews', 'passes', 'starts', 'points'] as const) {
          expect(log.reduce((sum, entry) => sum + entry.score[field], 0)).toBe(0)
        }
      }),
    )
  })

  it('names what was tampered with', () => {
    const [first, second] = play([
      { what: 'answer', quality: 4, daysLater: 0 },
      { what: 'answer', quality: 4, daysLater: 1 },
    ])
    if (first === undefined || second === undefined) throw new Error('two entries expected')
    const stretched = { ...second, after: { ...second.after, intervalDays: 60 } }
    expect(replay([first, stretched]).problems).toEqual([
      expect.stringMatching(/entry 1 has after .*60.*the rules give/),
    ])
    expect(replay([first, { ...second, score: { ...second.score, points: 9 } }]).problems).toHaveLength(1)
    expect(replay([second]).problems.join()).toMatch(/entry 1 stands where entry 0 should be/)
    expect(replay([{ ...first, undoes: 7 }]).problems.join()).toMatch(
      /takes back entry 7, which does not stand/,
    )
  })
})

describe('a transfer', () => {
  it('sets the state as given, is worth nothing, and goes on from there', () => {
    const known = learned()
    const { reviewCount: _, ...schedule } = known
    const moved = transferEntry(on(DAY), UNSEEN, schedule)
    expect(moved).toMatchObject({ kind: 'transfer', quality: null, undoes: null, after: schedule })
    expect(moved.score).toEqual({ answers: 0, reviews: 0, passes: 0, starts: 0, points: 0 })
    const next = answerEntry(on(addDays(DAY, 9)), stateAfter(moved), 4)
    expect(next.score).toMatchObject({ starts: 0, points: 3 })
    expect(replay([moved, next])).toEqual({ state: stateAfter(next), problems: [] })
  })

  it('ends what can be taken back: what stands before it belongs to another log', () => {
    const first = answerEntry(on(DAY), UNSEEN, 4)
    const { reviewCount: _, ...unseen } = UNSEEN
    const moved = transferEntry(on(DAY), stateAfter(first), unseen)
    const undone = undoEntry(first, stateAfter(moved), new Date(0))
    expect(replay([first, moved, undone]).problems).toEqual([
      'entry 2 takes back entry 0, which does not stand',
    ])
    const ofTransfer = undoEntry(moved, stateAfter(moved), new Date(0))
    expect(replay([first, moved, ofTransfer]).problems).toHaveLength(1)
  })

  it('does not hide that what comes before or after it is not what the rules wrote', () => {
    const first = answerEntry(on(DAY), UNSEEN, 4)
    const { reviewCount: _, ...unseen } = UNSEEN
    const moved = transferEntry(on(DAY), stateAfter(first), unseen)
    const spoilt = { ...moved, before: { ...moved.before, lapses: 3 } }
    expect(replay([first, spoilt]).problems).toHaveLength(1)
    expect(replay([first, { ...moved, score: first.score }]).problems).toHaveLength(1)
  })
})
