import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ButtonAction } from '../../src/core/action.ts'
import { ACTION_MAX_BYTES, decodeAction, encodeAction } from '../../src/core/actionCodec.ts'
import { GRADES } from '../../src/core/grade.ts'
import { SETTING_NAMES } from '../../src/core/settings.ts'

const id = (maxLength: number) => fc.stringMatching(new RegExp(`^[a-z0-9-]{1,${maxLength}}$`))
const ref = fc.record({
  cardId: id(24),
  reviewCount: fc.integer({ min: 0, max: 36 ** 6 - 1 }),
  onlyDeck: fc.boolean(),
})
const grade = fc.constantFrom(...GRADES)
const deckId = id(32)
const action: fc.Arbitrary<ButtonAction> = fc.oneof(
  fc.record({ kind: fc.constant('study' as const), deckId: fc.option(deckId) }),
  fc.record({
    kind: fc.constantFrom('show' as const, 'why' as const, 'suspend' as const, 'resume' as const),
    ref,
  }),
  fc.record({ kind: fc.constantFrom('grade' as const, 'regrade' as const), ref, grade }),
  fc.record({ kind: fc.constant('choose' as const), ref, choice: fc.stringMatching(/^[0-9a-z]{1,7}$/) }),
  fc.record({ kind: fc.constantFrom('enrol' as const, 'leave' as const), deckId }),
  fc.record({ kind: fc.constant('askSetting' as const), name: fc.constantFrom(...SETTING_NAMES) }),
  fc.record({ kind: fc.constant('begin' as const), deckId: fc.option(deckId) }),
  fc.record({ kind: fc.constant('askReport' as const), ref }),
  fc.record({
    kind: fc.constant('pick' as const),
    name: fc.constantFrom(...SETTING_NAMES),
    value: fc.constantFrom('Europe/Berlin', 'America/Argentina/ComodRivadavia', '1900', 'off', 'Etc/GMT+5'),
    first: fc.boolean(),
  }),
  fc.record({
    kind: fc.constantFrom('keepDraft' as const, 'dropDraft' as const, 'editDraft' as const),
    draftId: fc.stringMatching(/^[a-z0-9]{1,16}$/),
  }),
  fc.record({
    kind: fc.constantFrom('confirmPairing', 'dropPairing', 'confirmTeam', 'dropTeam'),
    pairingId: fc.stringMatching(/^[a-z0-9]{1,16}$/),
  }),
  fc.constant({ kind: 'link' as const, code: null }),
  fc.record({ kind: fc.constant('undo' as const), ref: fc.option(ref) }),
  fc.record({
    kind: fc.constantFrom(
      'askUnlink' as const,
      'unlink' as const,
      'summary' as const,
      'decks' as const,
      'settings' as const,
      'stats' as const,
      'askLeave' as const,
      'snooze' as const,
      'askForget' as const,
      'confirmForget' as const,
      'forget' as const,
    ),
  }),
)

describe('button data', () => {
  it('comes back as it went, within the bytes a platform takes', () => {
    fc.assert(
      fc.property(action, (original) => {
        const data = encodeAction(original)
        expect(new TextEncoder().encode(data).length).toBeLessThanOrEqual(ACTION_MAX_BYTES)
        expect(decodeAction(data)).toEqual(original)
      }),
    )
  })

  it('is one to one: what decodes was written by encode, to the letter', () => {
    const mutated = fc.tuple(action, fc.nat(63), fc.string({ maxLength: 3 })).map(([original, at, junk]) => {
      const data = encodeAction(original)
      return data.slice(0, at) + junk + data.slice(at + 1)
    })
    fc.assert(
      fc.property(fc.oneof(mutated, fc.string({ maxLength: 80 })), (data) => {
        const decoded = decodeAction(data)
        if (decoded !== null) expect(encodeAction(decoded)).toBe(data)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    '',
    'g',
    'g:card:1:0',
    'g:card:1:0:4',
    'g:card:1:2:1',
    'g:card:01:0:1',
    'g:card:-1:0:1',
    'g:CARD:1:0:1',
    'g:card:1:0:1:',
    "g:card';drop table reviews--:1:0:1",
    's:../../etc/passwd',
    'q:password',
    'wk',
    'wk:',
    'wk:ABC',
    'wk:a-b',
    'wd:a:b',
    'i:K7QF93XM',
    'ic',
    'ic:K7QF-93XM',
    `id:${'a'.repeat(17)}`,
    'it:a:b',
    'iu:',
    `we:${'a'.repeat(17)}`,
    `v:${'a'.repeat(25)}:1:0`,
    'g:card:1:0:1'.padEnd(65, 'x'),
  ])('refuses "%s"', (data) => {
    expect(decodeAction(data)).toBeNull()
  })

  it('refuses to write what could not be read back', () => {
    expect(() => encodeAction({ kind: 'enrol', deckId: 'Not A Deck' })).toThrow(/no button data/)
  })
})
