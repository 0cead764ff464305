import fc from 'fast-check'
import { CARD_ID_MAX_LENGTH, DECK_ID_MAX_LENGTH } from '../../../../src/core/card.ts'
import { GRADES } from '../../../../src/core/grade.ts'
import type { Block, Button, Input, Screen } from '../../../../src/core/screen.ts'
import { SETTING_NAMES } from '../../../../src/core/settings.ts'

const PIECES = [
  '*_[]()~>#+-=|{}.!<b>&amp;',
  '*',
  '**',
  '_',
  '__',
  '~',
  '~~',
  '|',
  '||',
  '`',
  '``',
  '```',
  '\\',
  '<',
  '>',
  '[',
  '](http://x)',
  '[a](http://x)',
  '@everyone',
  '@here',
  '<@123>',
  '<@&123>',
  '<#123>',
  '<:tada:123>',
  ':tada:',
  '<t:1700000000:R>',
  '</quiz:123>',
  'https://example.org/a_b_c*d*',
  'http://x',
  'discord.gg/abc',
  '# ',
  '-# ',
  '- ',
  '+ ',
  '1. ',
  '> ',
  '>>> ',
  '**bold `code` in it**',
  '***both***',
  '*`a*b`*',
  '~~gone~~',
  '`` ` ``',
  '```` `` ``` ````',
  '[`a`](https://example.org/?q=1**2 "t")',
  '**[a](https://example.org/~~u~~)**',
  '[mail](mailto:a@b.example)',
  '<https://example.org/x>',
  '\u202eabc\u2066',
  'שלום',
  'e\u0301',
  '👩‍👩‍👧‍👦',
  '\u0000',
  '\ud800',
  '\udc00',
  '\u200b',
  '\u2800',
  ' ',
  '   ',
  '\n',
  '\n\n',
  '\\\n',
  '\t',
  'a',
  'words ',
  'x'.repeat(700),
  'w '.repeat(2500),
  '*'.repeat(1200),
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
const hostileRef = fc.record({
  cardId: fc.string({ unit: ID_UNIT, minLength: 1, maxLength: CARD_ID_MAX_LENGTH }),
  reviewCount: fc.nat({ max: 36 ** 6 - 1 }),
  onlyDeck: fc.boolean(),
})
const deckId = fc.string({ unit: ID_UNIT, minLength: 1, maxLength: DECK_ID_MAX_LENGTH })
const action = fc.oneof(
  fc.record({
    kind: fc.constant('choose' as const),
    ref: hostileRef,
    choice: fc.constantFrom('zzzzzzz', 'a', '0'),
  }),
  fc.record({ kind: fc.constant('regrade' as const), ref: hostileRef, grade: fc.constantFrom(...GRADES) }),
  fc.record({ kind: fc.constant('study' as const), deckId }),
  fc.constant({ kind: 'undo' as const, ref: null }),
)
const weight = fc.constantFrom('primary', 'normal', 'quiet')
const button: fc.Arbitrary<Button> = fc.record({ label: hostileText, action, weight })
/** For many buttons: long labels would only make it slow. */
const shortButton: fc.Arbitrary<Button> = fc.record({
  label: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 90 })),
  action,
  weight,
})
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constantFrom('heading', 'plain', 'note'), text: hostileText }),
  fc.record({ kind: fc.constantFrom('markdown', 'answer'), markdown: hostileText }),
  fc.record({ kind: fc.constant('table' as const), rows: fc.array(fc.array(hostileText, { maxLength: 3 })) }),
  fc.record({ kind: fc.constant('progress' as const), done: fc.integer(), total: fc.integer() }),
)

/** Everything that is written in a modal with one field. */
export const modalInput = fc.oneof(
  fc.record({ kind: fc.constantFrom('answer', 'report'), ref: hostileRef, label: hostileText }),
  fc.record({
    kind: fc.constant('setting' as const),
    name: fc.constantFrom(...SETTING_NAMES),
    label: hostileText,
    first: fc.boolean(),
  }),
)
const ownCard = fc.record({
  kind: fc.constant('ownCard' as const),
  draftId: fc.constantFrom('a', 'zz9'),
  prompt: hostileText,
  answer: hostileText,
  label: hostileText,
})
const input: fc.Arbitrary<Input> = fc.oneof(modalInput, ownCard)

/** Any screen, whatever stands in it. */
export const hostileScreen: fc.Arbitrary<Screen> = fc.record({
  notice: fc.option(hostileText),
  blocks: fc.array(block, { maxLength: 6 }),
  buttons: fc.oneof(
    fc.array(fc.array(button, { maxLength: 7 }), { maxLength: 6 }),
    fc.array(fc.array(shortButton, { maxLength: 12 }), { minLength: 15, maxLength: 25 }),
  ),
  links: fc.array(
    fc.record({
      label: hostileText,
      url: fc.constantFrom('https://example.org/edit', 'http://localhost:8080/', 'nonsense'),
    }),
    { maxLength: 7 },
  ),
  input: fc.option(input),
  visibility: fc.constantFrom('private', 'everyone'),
})
