import { describe, expect, it } from 'vitest'
import { bindingsOf, moveFor, wantsLine } from '../../../src/adapters/terminal/keys.ts'
import type { ButtonAction } from '../../../src/core/action.ts'
import { GRADES } from '../../../src/core/grade.ts'
import { type Button, privateScreen, type Screen } from '../../../src/core/screen.ts'

const REF = { cardId: 'card', reviewCount: 3, onlyDeck: false }

function button(label: string, action: ButtonAction, weight: Button['weight'] = 'normal'): Button {
  return { label, action, weight }
}

const QUIET = [
  button('Undo', { kind: 'undo', ref: null }, 'quiet'),
  button('Suspend', { kind: 'suspend', ref: REF }, 'quiet'),
  button('Why now?', { kind: 'why', ref: REF }, 'quiet'),
]
const QUESTION = privateScreen({
  buttons: [[button('Show answer', { kind: 'show', ref: REF }, 'primary')], QUIET],
})
const GRADING = privateScreen({
  buttons: [
    GRADES.map((grade) =>
      button(grade, { kind: 'grade', ref: REF, grade }, grade === 'good' ? 'primary' : 'normal'),
    ),
    QUIET,
  ],
})
const OUTCOME = privateScreen({
  buttons: [
    [
      button('Next', { kind: 'study', deckId: null }, 'primary'),
      button('It was hard', { kind: 'regrade', ref: REF, grade: 'hard' }),
      button('It was easy', { kind: 'regrade', ref: REF, grade: 'easy' }),
    ],
    QUIET,
  ],
})
const CHOOSING = privateScreen({
  buttons: [
    ...['x', 'y', 'z', 'w'].map((choice) => [button(choice, { kind: 'choose', ref: REF, choice })]),
    QUIET,
  ],
})
const WRITING = privateScreen({
  buttons: [[button('I don’t know', { kind: 'show', ref: REF }, 'primary')], QUIET],
  input: { kind: 'answer', ref: REF, label: 'Your answer' },
})

const requested = (screen: Screen, entry: string) => {
  const move = moveFor(screen, entry)
  return move.kind === 'request' ? move.request : move.kind
}

describe('keys', () => {
  it('presses the primary button with Enter', () => {
    expect(requested(QUESTION, '')).toEqual({ kind: 'show', ref: REF })
    expect(requested(GRADING, '')).toMatchObject({ grade: 'good' })
    expect(requested(OUTCOME, '')).toEqual({ kind: 'study', deckId: null })
  })

  it('grades with 1 to 4, and gives the same finger to the same grade afterwards', () => {
    expect(['1', '2', '3', '4'].map((key) => requested(GRADING, key))).toEqual(
      GRADES.map((grade) => ({ kind: 'grade', ref: REF, grade })),
    )
    expect(requested(OUTCOME, '2')).toMatchObject({ kind: 'regrade', grade: 'hard' })
    expect(requested(OUTCOME, '4')).toMatchObject({ kind: 'regrade', grade: 'easy' })
    expect(requested(OUTCOME, '1')).toBe('nothing')
  })

  it('chooses by number and by nothing else', () => {
    expect(requested(CHOOSING, '3')).toMatchObject({ kind: 'choose', choice: 'z' })
    for (const key of ['', '5', '0', '-1', '1.0', 'c', 'y']) expect(requested(CHOOSING, key)).toBe('nothing')
  })

  it('finds undo, suspend and why by their letters, in either case', () => {
    expect(requested(QUESTION, 'u')).toEqual({ kind: 'undo', ref: null })
    expect(requested(QUESTION, 'S')).toEqual({ kind: 'suspend', ref: REF })
    expect(requested(QUESTION, 'w')).toEqual({ kind: 'why', ref: REF })
    expect(requested(privateScreen({}), 's')).toBe('nothing')
  })

  it('opens decks, settings and summary and leaves from any screen, by letter or word', () => {
    for (const screen of [QUESTION, CHOOSING, privateScreen({})]) {
      expect(requested(screen, 'd')).toEqual({ kind: 'decks' })
      expect(requested(screen, 'settings')).toEqual({ kind: 'settings' })
      expect(requested(screen, '/m')).toEqual({ kind: 'summary' })
      expect(requested(screen, 'q')).toBe('quit')
      expect(requested(screen, '?')).toBe('help')
    }
  })

  it('takes a line for the answer where one is written, and "/" for a command', () => {
    expect(requested(WRITING, ' q ')).toEqual({ kind: 'type', ref: REF, text: 'q' })
    expect(requested(WRITING, '/q')).toBe('quit')
    expect(requested(WRITING, '/undo')).toEqual({ kind: 'undo', ref: null })
    expect(requested(WRITING, '/etc/hosts')).toEqual({ kind: 'type', ref: REF, text: '/etc/hosts' })
    expect(requested(WRITING, '/x')).toBe('nothing')
    expect(requested(WRITING, '/')).toBe('nothing')
    expect(requested(WRITING, '')).toEqual({ kind: 'show', ref: REF })
  })

  it('takes a line for a setting, and Enter for keeping it', () => {
    const screen = privateScreen({
      buttons: [[button('Keep it', { kind: 'settings' }, 'quiet')]],
      input: { kind: 'setting', name: 'newPerDay', label: 'New cards a day', first: false },
    })
    expect(requested(screen, '25')).toEqual({ kind: 'set', name: 'newPerDay', text: '25', first: false })
    expect(requested(screen, '')).toEqual({ kind: 'settings' })
  })

  it('tells a key that does nothing in one short line, however long and hostile it was', () => {
    const move = moveFor(QUESTION, `\u001b[2J${'x'.repeat(1000)}`)
    expect(move).toEqual({
      kind: 'nothing',
      hint: `“␛[2J${'x'.repeat(15)}…” does nothing here: ? shows the keys, q quits.`,
    })
  })

  it('asks for a line where one digit cannot name every button', () => {
    const decks = (count: number) =>
      privateScreen({
        buttons: Array.from({ length: count }, (_, index) => [
          button(`Join ${index}`, { kind: 'enrol', deckId: `deck-${index}` }),
        ]),
      })
    expect(wantsLine(decks(9))).toBe(false)
    expect(wantsLine(decks(10))).toBe(true)
    expect(requested(decks(24), '24')).toEqual({ kind: 'enrol', deckId: 'deck-23' })
  })

  it('never gives one key to two buttons', () => {
    for (const screen of [QUESTION, GRADING, OUTCOME, CHOOSING, WRITING]) {
      const keys = bindingsOf(screen).map(({ key }) => key)
      expect(new Set(keys).size).toBe(keys.length)
    }
  })
})
