import { beforeEach, describe, expect, it } from 'vitest'
import type { CardRef, Request } from '../../src/core/action.ts'
import type { Asking } from '../../src/core/asking.ts'
import type { Card, Deck } from '../../src/core/card.ts'
import { handle } from '../../src/core/handle.ts'
import { DEFAULT_SETTINGS } from '../../src/core/learner.ts'
import { replay } from '../../src/core/replay.ts'
import type { Screen } from '../../src/core/screen.ts'
import { MemoryStore } from '../support/memoryStore.ts'
import { studyOnly } from '../support/studyOnly.ts'

const MILLISECONDS_PER_DAY = 86_400_000
const MORNING = new Date('2026-03-02T09:00:00Z')

function card(id: string, more: Partial<Card> = {}): Card {
  return {
    id,
    factId: id,
    kind: 'basic',
    prompt: `Prompt of ${id}?`,
    answer: `Answer of ${id}`,
    accept: [],
    wrong: [],
    context: ['Chapter'],
    explanation: '',
    source: { file: 'decks/notes/test.md', line: 7 },
    ...more,
  }
}

const DECK: Deck = {
  id: 'test',
  title: 'Test deck',
  cards: [
    card('flash', { explanation: 'Because.' }),
    card('pick', { kind: 'choice', answer: 'right one', wrong: ['wrong a', 'wrong b', 'wrong c'] }),
    card('write', { kind: 'typed', answer: 'NodePort' }),
    card('front', { factId: 'pair' }),
    card('back', { factId: 'pair' }),
  ],
}

let store: MemoryStore
let now: Date

async function ask(request: Request): Promise<Screen> {
  const asking: Asking = {
    identity: { platform: 'terminal', externalId: 'ann' },
    initialSettings: DEFAULT_SETTINGS,
    now,
  }
  return handle(studyOnly(store), asking, request)
}

const study = () => ask({ kind: 'study', deckId: null })

/** Presses the button whose label begins so. */
async function press(screen: Screen, label: string): Promise<Screen> {
  const button = screen.buttons.flat().find((one) => one.label.startsWith(label))
  if (button === undefined) throw new Error(`no button "${label}" on ${JSON.stringify(labels(screen))}`)
  return ask(button.action)
}

async function write(screen: Screen, text: string): Promise<Screen> {
  if (screen.input?.kind !== 'answer') throw new Error('this screen takes no answer')
  return ask({ kind: 'type', ref: screen.input.ref, text })
}

const labels = (screen: Screen) => screen.buttons.flat().map((button) => button.label)

function text(screen: Screen): string {
  const parts = screen.blocks.map((block) => {
    if (block.kind === 'progress') return `${block.done} of ${block.total}`
    if (block.kind === 'table') return block.rows.map((row) => row.join(' ')).join('\n')
    return 'markdown' in block ? block.markdown : block.text
  })
  return [screen.notice, ...parts].filter((part) => part !== null).join('\n')
}

/** Answers the flashcard on the screen. */
async function flash(screen: Screen, grade: string): Promise<Screen> {
  return press(await press(screen, 'Show answer'), grade)
}

async function skipTo(cardId: string): Promise<Screen> {
  for (let screen = await study(); ; screen = await study()) {
    if (text(screen).includes(`Prompt of ${cardId}?`)) return screen
    const ref = refOn(screen)
    await ask({ kind: 'grade', ref, grade: 'good' })
  }
}

/** The card on the screen. */
function refOn(screen: Screen): CardRef {
  const action = screen.buttons.flat().find((button) => button.action.kind === 'suspend')?.action
  if (action?.kind !== 'suspend') throw new Error(`no card on this screen: ${text(screen)}`)
  return action.ref
}

beforeEach(async () => {
  store = new MemoryStore()
  now = MORNING
  await store.syncDecks([DECK])
  const learner = await store.learner({ platform: 'terminal', externalId: 'ann' }, DEFAULT_SETTINGS)
  await store.enrol(learner.id, 'test', true)
})

describe('a flashcard', () => {
  it('is asked, shown with the interval of each grade, and stored by the grade', async () => {
    const question = await study()
    expect(text(question)).toContain('Prompt of flash?')
    expect(text(question)).not.toContain('Answer of flash')
    const answer = await press(question, 'Show answer')
    expect(text(answer)).toContain('Answer of flash')
    expect(text(answer)).toContain('Because.')
    expect(text(answer)).toContain('Chapter (decks/notes/test.md:7)')
    expect(labels(answer).slice(0, 4)).toEqual(['Again · 1 d', 'Hard · 1 d', 'Good · 1 d', 'Easy · 1 d'])
    const next = await press(answer, 'Good')
    expect(next.notice).toBe('Good. It comes back tomorrow.')
    expect(text(next)).toContain('Prompt of pick?')
    expect(store.log).toMatchObject([{ cardId: 'flash', kind: 'scheduled', quality: 4, reviewCount: 0 }])
  })

  it('pressed twice counts once, and the second press says so', async () => {
    const answer = await press(await study(), 'Show answer')
    const [first, second] = [await press(answer, 'Good'), await press(answer, 'Easy')]
    expect(first.notice).toBe('Good. It comes back tomorrow.')
    expect(second.notice).toBe('Already answered.')
    expect(store.log).toHaveLength(1)
  })

  it('pressed by two at once counts once', async () => {
    const answer = await press(await study(), 'Show answer')
    const screens = await Promise.all(['Again', 'Hard', 'Good', 'Easy'].map((grade) => press(answer, grade)))
    expect(screens.filter((screen) => screen.notice === 'Already answered.')).toHaveLength(3)
    expect(store.log).toHaveLength(1)
  })

  it('answered poorly comes again after the others, until it scores 4', async () => {
    await flash(await study(), 'Again')
    await skipTo('front')
    await flash(await study(), 'Good')
    const drill = await study()
    expect(text(drill)).toContain('Prompt of flash?')
    const shown = await press(drill, 'Show answer')
    expect(labels(shown).slice(0, 4)).toEqual([
      'Again · again today',
      'Hard · again today',
      'Good · done',
      'Easy · done',
    ])
    expect((await press(shown, 'Hard')).notice).toBe('Hard. It comes again today.')
    await flash(await study(), 'Good')
    expect(text(await study())).toContain('Done for today')
    expect(store.log.filter((entry) => entry.cardId === 'flash').map((entry) => entry.kind)).toEqual([
      'scheduled',
      'drill',
      'drill',
    ])
  })
})

describe('a multiple-choice card', () => {
  it('takes a right choice as Good and offers the other grades', async () => {
    const screen = await press(await skipTo('pick'), 'right one')
    expect(text(screen)).toMatch(/^Right\n/)
    expect(labels(screen)).toContain('It was hard · 1 d')
    expect(store.log.at(-1)).toMatchObject({ cardId: 'pick', quality: 4 })
    const after = await press(screen, 'It was easy')
    expect(after.notice).toBe('Easy instead. It comes back tomorrow.')
    expect(store.log.at(-1)).toMatchObject({ cardId: 'pick', quality: 5, undoes: 0 })
    expect((await press(screen, 'It was hard')).notice).toBe('Already answered.')
  })

  it('takes a wrong choice as Again and shows both', async () => {
    const screen = await press(await skipTo('pick'), 'wrong b')
    expect(text(screen)).toContain('Not quite')
    expect(text(screen)).toContain('wrong b')
    expect(text(screen)).toContain('right one')
    expect(labels(screen).some((label) => label.startsWith('It was'))).toBe(false)
    expect(store.log.at(-1)).toMatchObject({ cardId: 'pick', quality: 1 })
  })

  it('changed since it was shown stores nothing', async () => {
    const question = await skipTo('pick')
    const before = store.log.length
    const changed = DECK.cards.map((one) => (one.id === 'pick' ? { ...one, answer: 'another' } : one))
    await store.syncDecks([{ ...DECK, cards: changed }])
    const screen = await press(question, 'right one')
    expect(store.log).toHaveLength(before)
    expect(text(screen)).toContain('Prompt of pick?')
    expect(labels(screen)).toContain('another')
  })
})

describe('a typed card', () => {
  it('is judged by what was written', async () => {
    const right = await write(await skipTo('write'), 'node port')
    expect(text(right)).toMatch(/^Right\n/)
    await press(right, 'Undo')
    const typo = await write(await skipTo('write'), 'NodePrt')
    expect(text(typo)).toContain('Right, but for the spelling')
    await press(typo, 'Undo')
    const wrong = await write(await skipTo('write'), 'ClusterIP')
    expect(text(wrong)).toContain('Not quite')
    expect(text(wrong)).toContain('ClusterIP')
    expect(text(wrong)).toContain('NodePort')
    expect(store.log.filter((one) => one.cardId === 'write').map((one) => one.quality)).toEqual([
      4,
      null,
      4,
      null,
      1,
    ])
  })

  it('can be given up, and then graded by oneself', async () => {
    const shown = await press(await skipTo('write'), 'I don')
    expect(text(shown)).toContain('NodePort')
    await press(shown, 'Again')
    expect(store.log.at(-1)).toMatchObject({ cardId: 'write', quality: 1 })
  })
})

describe('siblings', () => {
  it('do not come on the same day, and the second is not forgotten', async () => {
    await skipTo('front')
    await flash(await study(), 'Good')
    expect(text(await study())).toContain('Done for today')
    now = new Date(MORNING.getTime() + MILLISECONDS_PER_DAY)
    const prompts: string[] = []
    for (let screen = await study(); !text(screen).includes('Done for today'); screen = await study()) {
      prompts.push(/Prompt of (\w+)\?/.exec(text(screen))?.[1] ?? '')
      await ask({ kind: 'grade', ref: refOn(screen), grade: 'good' })
    }
    expect(prompts).toEqual(['flash', 'front', 'pick', 'write'])
    now = new Date(MORNING.getTime() + 2 * MILLISECONDS_PER_DAY)
    expect(text(await study())).toContain('Prompt of back?')
  })
})

describe('undo', () => {
  it('brings the card back as it was, again and again, up to the beginning of the day', async () => {
    await flash(await study(), 'Easy')
    await press(await study(), 'right one')
    const first = await ask({ kind: 'undo', ref: null })
    expect(first.notice).toBe('Undone. Here it is again.')
    expect(text(first)).toContain('Prompt of pick?')
    const second = await ask({ kind: 'undo', ref: null })
    expect(text(second)).toContain('Prompt of flash?')
    expect((await ask({ kind: 'undo', ref: null })).notice).toBe('There is nothing to undo today.')
    expect(text(await study())).toContain('Prompt of flash?')
    for (const id of ['flash', 'pick']) {
      expect(replay(store.log.filter((entry) => entry.cardId === id)).problems).toEqual([])
    }
  })

  it('is offered where there is something to take back, and nowhere else', async () => {
    const question = await study()
    expect(labels(question)).not.toContain('Undo')
    expect(labels(await press(question, 'Show answer'))).not.toContain('Undo')
    expect(labels(await ask({ kind: 'summary' }))).not.toContain('Undo')
    const next = await flash(question, 'Good')
    expect(labels(next)).toContain('Undo')
    expect(labels(await press(next, 'right one'))).toContain('Undo')
    expect(labels(await ask({ kind: 'summary' }))).toContain('Undo')
  })

  it('pressed twice takes back one answer', async () => {
    await flash(await study(), 'Good')
    await press(await study(), 'right one')
    const screen = await study()
    expect((await press(screen, 'Undo')).notice).toBe('Undone. Here it is again.')
    const again = await press(screen, 'Undo')
    expect(again.notice).toBe('That is undone already, or you have answered since.')
    expect(text(again)).toContain('Prompt of pick?')
    expect(store.log.filter(({ kind }) => kind === 'undo')).toHaveLength(1)
  })

  it('of a screen that is older than the latest answer changes nothing', async () => {
    const older = await flash(await study(), 'Good')
    await press(older, 'right one')
    expect((await press(older, 'Undo')).notice).toBe('That is undone already, or you have answered since.')
    expect(store.log.some(({ kind }) => kind === 'undo')).toBe(false)
  })

  it('goes on with the deck that the session is about', async () => {
    const question = await ask({ kind: 'study', deckId: 'test' })
    const next = await flash(question, 'Good')
    expect(refOn(await press(next, 'Undo')).onlyDeck).toBe(true)
    await flash(await study(), 'Good')
    expect(refOn(await press(await study(), 'Undo')).onlyDeck).toBe(false)
  })

  it('leaves earlier days alone', async () => {
    await flash(await study(), 'Easy')
    now = new Date(MORNING.getTime() + MILLISECONDS_PER_DAY)
    expect((await ask({ kind: 'undo', ref: null })).notice).toBe('There is nothing to undo today.')
  })

  it('brings a suspended card back', async () => {
    const screen = await press(await study(), 'Suspend')
    expect(screen.notice).toContain('Suspended')
    expect(text(screen)).toContain('Prompt of pick?')
    expect(text(await ask({ kind: 'undo', ref: null }))).toContain('Prompt of flash?')
  })
})

describe('limits', () => {
  it('of new cards end the day, over all decks', async () => {
    await ask({ kind: 'set', name: 'newPerDay', text: '1', first: false })
    await flash(await study(), 'Good')
    const end = await study()
    expect(text(end)).toContain('Done for today')
    expect(text(await ask({ kind: 'study', deckId: 'test' }))).toContain('Done for today')
  })

  it('of reviews leave the rest for another day, and say so', async () => {
    for (let screen = await study(); !text(screen).includes('Done'); screen = await study()) {
      await ask({ kind: 'grade', ref: refOn(screen), grade: 'good' })
    }
    await ask({ kind: 'set', name: 'reviewsPerDay', text: '2', first: false })
    await ask({ kind: 'set', name: 'newPerDay', text: '0', first: false })
    now = new Date(MORNING.getTime() + MILLISECONDS_PER_DAY)
    for (let reviews = 0; reviews < 2; reviews++) {
      await ask({ kind: 'grade', ref: refOn(await study()), grade: 'good' })
    }
    expect(text(await study())).toContain('2 more cards are due, beyond your 2 a day')
  })
})

describe('the words around a session', () => {
  it('tell how far it is', async () => {
    expect(text(await study())).toContain('0 of 4')
    await flash(await study(), 'Good')
    expect(text(await study())).toContain('1 of 4')
  })

  it('tell why a card is asked', async () => {
    expect(text(await press(await study(), 'Why now?'))).toContain('It is new to you')
    await flash(await study(), 'Good')
    now = new Date(MORNING.getTime() + 3 * MILLISECONDS_PER_DAY)
    const why = text(await press(await study(), 'Why now?'))
    expect(why).toContain('It has been due for 2 days.')
    expect(why).toContain('Your last answer was 3 days ago: Good.')
    expect(why).toContain('Its interval is 1 day, its easiness 2.50')
  })

  it('sum up the day', async () => {
    await flash(await study(), 'Good')
    const summary = text(await ask({ kind: 'summary' }))
    expect(summary).toContain('1 answer today, 1 new card')
    expect(summary).toContain('Tomorrow: 1 card to review.')
    expect(summary).toContain('Streak: 1 day.')
  })

  it('offer decks to whoever has none', async () => {
    const left = await ask({ kind: 'leave', deckId: 'test' })
    expect(left.notice).toBe('Left. What you learned is kept.')
    expect(text(await study())).toContain('Pick a deck to begin')
    expect(labels(await ask({ kind: 'decks' }))).toContain('Join Test deck · 5 cards')
    expect((await ask({ kind: 'enrol', deckId: 'nowhere' })).notice).toBe('There is no such deck.')
  })

  it('show a setting’s new value, or what would be right', async () => {
    const wrong = await ask({ kind: 'set', name: 'timeZone', text: 'Mars', first: false })
    expect(wrong.notice).toMatch(/no time zone "Mars"/)
    expect(wrong.input).toMatchObject({ kind: 'setting', name: 'timeZone' })
    const right = await ask({ kind: 'set', name: 'timeZone', text: 'Asia/Kathmandu', first: false })
    expect(right.notice).toBe('Time zone is now Asia/Kathmandu.')
  })
})

describe('a press that fits nothing', () => {
  it('on a card that never was, or is gone from the notes, changes nothing', async () => {
    const question = await study()
    const forged = { cardId: 'nobody', reviewCount: 0, onlyDeck: false }
    expect((await ask({ kind: 'grade', ref: forged, grade: 'good' })).notice).toContain(
      'no longer in the notes',
    )
    await store.syncDecks([{ ...DECK, cards: DECK.cards.slice(1) }])
    expect((await press(question, 'Show answer')).notice).toContain('no longer in the notes')
    expect(store.log).toEqual([])
  })

  it('with a count from the future changes nothing', async () => {
    const ref = { ...refOn(await study()), reviewCount: 5 }
    expect((await ask({ kind: 'grade', ref, grade: 'good' })).notice).toBe('Already answered.')
    expect(store.log).toEqual([])
  })
})
