import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brief, cardsFrom } from '../building.ts'

describe('cloze', () => {
  it('blanks each marked stretch by itself, and the cards are siblings', () => {
    const cards = cardsFrom('The ==active site== is where the ==substrate== binds.')
    expect(cards.map(brief)).toEqual([
      'cloze: The […] is where the substrate binds. → active site',
      'cloze: The active site is where the […] binds. → substrate',
    ])
    expect(new Set(cards.map(({ factId }) => factId)).size).toBe(1)
    expect(new Set(cards.map(({ id }) => id)).size).toBe(2)
  })

  it('reads numbered gaps with hints, those of one number together', () => {
    expect(
      cardsFrom('- {{c1::Lyon}} and {{c2::Paris::the capital}} lie in {{c1::France}}.').map(brief),
    ).toEqual([
      'cloze: […] and Paris lie in […]. → Lyon, France',
      'cloze: Lyon and […] (the capital) lie in France. → Paris',
    ])
  })

  it('shows the sentence of the gap, with those it needs', () => {
    const text =
      'Enzymes speed up reactions. An enzyme has an ==active site==. It is shaped to ==fit== one substrate. The end.'
    expect(cardsFrom(text).map(({ prompt }) => prompt)).toEqual([
      'An enzyme has an […].',
      'An enzyme has an active site. It is shaped to […] one substrate.',
    ])
  })

  it('keeps the markup of the sentence and of the answer', () => {
    expect(cardsFrom('The command ==`helm list`== shows *all* releases.').map(brief)).toEqual([
      'cloze: The command […] shows *all* releases. → `helm list`',
    ])
  })

  it('leaves the marks out of the cards of other rules', () => {
    const cards = cardsFrom('- **Pod**: the ==smallest== unit of a {{c1::cluster}}.')
    expect(cards.filter(({ kind }) => kind !== 'cloze').map(({ answer }) => answer)).toEqual([
      'The smallest unit of a cluster',
      'Pod',
    ])
    const table = cardsFrom('| Feature | A | B |\n|---|---|---|\n| Price | ==low== | high |')
    expect(table.map(({ answer }) => answer)).toContain('Low')
    expect(table.every(({ prompt }) => !prompt.includes('=='))).toBe(true)
  })

  it.each([
    ['comparisons', 'If a == b and c == d, they are equal.'],
    ['comparisons without blanks', 'If a==b and c==d, they are equal.'],
    ['code', 'Write `==text==` or `{{c1::text}}`.'],
    ['templates', 'Write {{ .Values.image }} there.'],
    ['underlines', 'Title ===== text'],
  ])('leaves alone %s', (_, markdown) => {
    expect(cardsFrom(markdown)).toEqual([])
  })

  it('takes a footnote for the explanation and an anchor for the id', () => {
    const [card] = cardsFrom('Water boils at ==100 °C==.[^sea] {#boil}\n\n[^sea]: At sea level.')
    expect(card).toMatchObject({ id: 'boil-gap-1', explanation: 'At sea level.' })
  })

  it('gives back the sentence when the answer is put into the gap', () => {
    const word = fc.stringMatching(/^[a-z]{2,9}$/)
    fc.assert(
      fc.property(fc.array(word, { minLength: 3, maxLength: 9 }), fc.nat(), (words, place) => {
        const at = place % words.length
        const marked = words.map((text, index) => (index === at ? `==${text}==` : text)).join(' ')
        const [card] = cardsFrom(`${marked}.`)
        expect(card?.prompt.replace('[…]', card.answer)).toBe(`${words.join(' ')}.`)
      }),
    )
  })

  it('is switched off by the front matter, and the marks still vanish', () => {
    const cards = cardsFrom('---\nrules: { cloze: off }\n---\n\n- **Pod**: the ==smallest== unit.')
    expect(cards.map(({ answer }) => answer)).toEqual(['The smallest unit', 'Pod'])
  })
})
