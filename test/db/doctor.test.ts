import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makePostgres } from './support/databases.ts'
import { at, DAY, day, makeDeck, Study } from './support/fixtures.ts'
import { openTestStore, type TestStore } from './support/openTestStore.ts'

const HERE = { place: { platform: 'discord', placeId: '77' }, name: 'Guild', chatId: '770' } as const

describe('the doctor', () => {
  let opened: TestStore
  let study: Study

  beforeAll(async () => {
    opened = await openTestStore(await makePostgres())
  })
  beforeEach(async () => {
    await opened.reset()
    await opened.store.syncDecks([makeDeck('d', ['a', 'b', 'c', 'e'])])
    study = await Study.begin(opened.store)
    await opened.store.setUpPlace(HERE, 'UTC', at(0))
    await opened.store.takePart(study.learnerId, HERE, 'Ada', at(0))
    await study.answer('a', 4)
    await study.answer('a', 2, day(1))
    await study.answer('b', 4)
    await study.suspend('c')
    await playRound()
  })
  afterAll(() => opened?.close())

  /** A round of one question, answered right. */
  async function playRound(): Promise<void> {
    const place = { platform: 'telegram', chatId: '7' } as const
    const questions = [{ cardId: 'b', choices: ['x', 'y'], right: 1 }]
    await opened.store.openRound({ place, deckId: null, secondsPerQuestion: null }, questions, at(0))
    await opened.store.answerRound({
      roundId: 1,
      position: 0,
      learnerId: study.learnerId,
      name: 'Ada',
      choice: 1,
      isRight: true,
      reviewCount: 1,
      answeredAt: at(1),
      dailyKey: null,
      late: false,
    })
  }

  test('finds nothing in a store that was only used', async () => {
    await Study.begin(opened.store, 'bob')
    expect(await opened.differences()).toEqual([])
  })

  const who = 'learner 1'
  const cases: readonly [string, SQL, readonly string[]][] = [
    [
      'a schedule that differs from the log',
      sql`update schedules set interval_days = 9, due_on = '2026-02-01', last_answered_at = null where card_id = 'b'`,
      [
        `${who}, card b: the schedule's intervalDays is 9, the log gives 1`,
        `${who}, card b: the schedule's dueOn is 2026-02-01, the log gives 2026-01-06`,
        `${who}, card b: the schedule's lastAnsweredAt is null, the log gives 2026-01-05T12:03:00.000Z`,
      ],
    ],
    [
      'a review count that differs from the log',
      sql`update schedules set review_count = 7 where card_id = 'b'`,
      [`${who}, card b: the schedule's reviewCount is 7, the log gives 1`],
    ],
    [
      'a log without a schedule',
      sql`delete from schedules where card_id = 'b'`,
      [
        `${who}, card b: the log has entries, but there is no schedule`,
        // A card without a schedule counts as new.
      ],
    ],
    [
      'a schedule without a log',
      sql`delete from reviews where card_id = 'c'`,
      [`${who}, card c: there is a schedule, but no log`],
    ],
    [
      'an entry missing from the log',
      sql`delete from reviews where card_id = 'a' and review_count = 0`,
      [
        `${who}, card a: entry 1 stands where entry 0 should be`,
        `${who}, deck d, 2026-01-05: the score's answers is 2, the log gives 1`,
      ],
    ],
    [
      'an entry that the rules would not have written',
      sql`update reviews set after_lapses = 3 where card_id = 'b'`,
      [`${who}, card b: entry 0 has after`, `${who}, card b: the schedule's lapses is 0, the log gives 3`],
    ],
    [
      'a card that is not there',
      sql`delete from cards where id = 'b'`,
      ['deck d: it counts 4 cards, but has 3', `${who}, card b: there is no such card`],
    ],
    [
      'a report about a card that is not there',
      sql`insert into mistakes (learner_id, card_id, reported_at, text) values (1, 'x', now(), '')`,
      [`${who}, card x: there is no such card`],
    ],
    [
      'a question about a card that is not there',
      sql`update round_questions set card_id = 'x'`,
      ['round 1, question 0: there is no card x'],
    ],
    [
      'an answer to a question that is not there',
      sql`update round_answers set position = 4`,
      [`${who}, round 1, question 4: there is an answer, but no such question`],
    ],
    [
      'an answer that counts as right and is not',
      sql`update round_answers set choice = 2`,
      [`${who}, round 1, question 0: choice 2 counts as right, the right one is 1`],
    ],
    [
      'a score that differs from the log, and one that has none',
      sql`update day_scores set points = points + 5, study_day = study_day + (case when study_day > ${DAY} then 9 else 0 end)`,
      [
        `${who}, deck d, 2026-01-05: the score's points is 7, the log gives 2`,
        `${who}, deck d, 2026-01-06: the score's answers is 0, the log gives 1`,
        `${who}, deck d, 2026-01-15: the score's answers is 1, the log gives 0`,
      ],
    ],
    [
      'a board that differs from the scores, and one that is not there',
      sql`with gone as (delete from board_scores where period = 'month' and deck_id = '')
        update board_scores set points = 50 where period = 'all' and deck_id = 'd'`,
      [
        `${who}, team 1, all of 0001-01-01, deck d: the board's points are 50, the scores give 2`,
        `${who}, team 1, month of 2026-01-01, all decks: the board's points are 0, the scores give 2`,
      ],
    ],
    [
      'a board that shows who is hidden',
      sql`update team_members set shown = false`,
      [
        `${who}, team 1: the member is hidden, but should be shown`,
        `${who}, team 1, week of 2026-01-05, all decks: the points are shown, the member is not`,
      ],
    ],
    [
      'points and a membership without a team',
      sql`with moved as (update board_scores set team_id = 8) insert into team_members select 1, 9, 'Ada', true`,
      [
        `${who}, team 9: there is no such team`,
        `${who}, team 8, week of 2026-01-05, all decks: there are points on the board, but no membership`,
      ],
    ],
    ['a team that nobody can reach', sql`delete from places`, ['team 1: it has no place']],
    [
      'a position beyond a card that is still new',
      sql`update enrolments set position = 4`,
      [`${who}, deck d: the position 4 lies beyond card e, which is still new`],
    ],
    [
      'a position beyond the deck',
      sql`with gone as (update cards set retired_at = now() where id = 'e') update enrolments set position = 5`,
      [
        'deck d: it counts 4 cards, but has 3',
        `${who}, deck d: the position is 5, but the last card has number 4`,
      ],
    ],
    [
      'a number that would be given out twice',
      sql`update decks set next_seq = 3`,
      ['deck d: the next card would get number 3, but 4 is taken'],
    ],
    [
      'rows of a learner who is not there',
      sql`with other as (update schedules set learner_id = 5 where card_id = 'b') update reviews set learner_id = 5 where card_id = 'b'`,
      ['learner 5: rows refer to this learner, who is not there'],
    ],
  ]
  test.each(cases)('names %s', async (_name, spoil, expected) => {
    await opened.db.execute(spoil)
    const found = await opened.differences()
    for (const sentence of expected) {
      expect(found).toContainEqual(expect.stringContaining(sentence))
    }
  })

  test('reads a log of many pages', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => `p${index}`)
    await opened.store.syncDecks([makeDeck('d', ['a', 'b', 'c', 'e', ...ids])])
    // 150 drills of each card: 4,530 entries, more than two pages, with cards that cross them.
    await opened.db.execute(sql`
      insert into reviews
      select 1, 'p' || card, n, nextval('entry_numbers'), 'd', 'drill', 1,
        0, 1, 250, 0, date '2026-01-06', ${DAY}::date, ${DAY}::date, false,
        0, 1, 250, 0, date '2026-01-06', ${DAY}::date, ${DAY}::date, false,
        ${DAY}::date, now(), 1, 0, 0, 0, 0, null
      from generate_series(0, 29) as card, generate_series(0, 150) as n`)
    const found = await opened.differences()
    for (const id of ids) {
      const ofCard = found.filter((each) => each.startsWith(`${who}, card ${id}: `))
      // The first entry is no drill by the rules; all others follow from it.
      expect(ofCard).toHaveLength(4)
      expect(ofCard.at(-1)).toContain('there is no schedule')
    }
  })
})
