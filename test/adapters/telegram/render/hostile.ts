import fc from 'fast-check'
import { CARD_ID_MAX_LENGTH, DECK_ID_MAX_LENGTH } from '../../../../src/core/card.ts'
import { GRADES } from '../../../../src/core/grade.ts'
import type { Block, Button, Screen } from '../../../../src/core/screen.ts'

const PIECES = [
  '*_[]()~>#+-=|{}.!<b>&amp;',
  '**bold `code` in it**',
  '~~gone~~',
  '`code`',
  '[`a`](https://example.org/?q=1 "t")',
  '[local](http://localhost:1)',
  '[mail](mailto:a@b.example)',
  '\u202eabc\u2066',
  'שלום',
  'e\u0301',
  'a\u030a',
  '👩‍👩‍👧‍👦',
  '🇩🇪',
  '\u0000',
  '\ud800',
  '\udc00',
  '\u200b',
  '\u2800',
  '@all @ann_b a@b.example',
  ' ',
  '   ',
  '\n',
  '\n\n',
  '\\\n',
  '\t',
  'words ',
  'x'.repeat(700),
  'w '.repeat(2500),
]

/** What a card, a name or a title could do to a message. */
export const hostileText = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((all) => all.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
)

const ID_UNIT = fc.constantFrom(...'abc019-')
const ref = fc.record({
  cardId: fc.string({ unit: ID_UNIT, minLength: CARD_ID_MAX_LENGTH, maxLength: CARD_ID_MAX_LENGTH }),
  reviewCount: fc.nat({ max: 36 ** 6 - 1 }),
  onlyDeck: fc.boolean(),
})
const deckId = fc.string({ unit: ID_UNIT, minLength: 1, maxLength: DECK_ID_MAX_LENGTH })
const action = fc.oneof(
  fc.record({ kind: fc.constant('choose' as const), ref, choice: fc.constant('zzzzzzz') }),
  fc.record({ kind: fc.constant('regrade' as const), ref, grade: fc.constantFrom(...GRADES) }),
  fc.record({ kind: fc.constant('study' as const), deckId }),
  fc.constant({ kind: 'undo' as const, ref: null }),
)
const button: fc.Arbitrary<Button> = fc.record({
  label: hostileText,
  action,
  weight: fc.constantFrom('primary', 'normal', 'quiet'),
})
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constantFrom('heading', 'plain', 'note'), text: hostileText }),
  fc.record({ kind: fc.constantFrom('markdown', 'answer'), markdown: hostileText }),
  fc.record({ kind: fc.constant('table' as const), rows: fc.array(fc.array(hostileText, { maxLength: 3 })) }),
  fc.record({ kind: fc.constant('progress' as const), done: fc.integer(), total: fc.integer() }),
)

/** Any screen, whatever stands in it. */
export const hostileScreen: fc.Arbitrary<Screen> = fc.record({
  notice: fc.option(hostileText),
  blocks: fc.array(block, { maxLength: 6 }),
  buttons: fc.oneof(
    fc.array(fc.array(button, { maxLength: 4 }), { maxLength: 6 }),
    fc.array(fc.array(button, { maxLength: 12 }), { minLength: 15, maxLength: 25 }),
  ),
  links: fc.array(
    fc.record({
      label: hostileText,
      url: fc.constantFrom('https://example.org/edit', 'http://localhost:8080/', 'nonsense'),
    }),
    { maxLength: 2 },
  ),
  input: fc.option(fc.record({ kind: fc.constant('answer' as const), ref, label: hostileText })),
  visibility: fc.constantFrom('private', 'everyone'),
})
