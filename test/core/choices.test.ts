import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Card } from '../../src/core/card.ts'
import { choiceKey, shuffledChoices } from '../../src/core/choices.ts'

const card: Card = {
  id: 'types',
  factId: 'types',
  kind: 'choice',
  prompt: 'Which Service type is reachable only inside the cluster?',
  answer: 'ClusterIP',
  accept: [],
  wrong: ['NodePort', 'LoadBalancer', 'ExternalName'],
  context: [],
  explanation: '',
  source: { file: 'services.md', line: 1 },
}

describe('choices', () => {
  it('are the answer and the wrong ones, in an order of their own at each review', () => {
    const orders = new Set<string>()
    for (let reviewCount = 0; reviewCount < 50; reviewCount++) {
      const choices = shuffledChoices(card, reviewCount)
      expect(choices.toSorted()).toEqual([card.answer, ...card.wrong].toSorted())
      expect(shuffledChoices(card, reviewCount)).toEqual(choices)
      orders.add(choices.join())
    }
    expect(orders.size).toBeGreaterThan(12)
  })

  it('put the answer in every place about equally often', () => {
    const places = [0, 0, 0, 0]
    for (let number = 0; number < 4000; number++) {
      const at = shuffledChoices({ ...card, id: `card-${number}` }, 0).indexOf(card.answer)
      places[at] = (places[at] ?? 0) + 1
    }
    for (const times of places) expect(times).toBeGreaterThan(880)
  })

  it('are none for a card without wrong ones', () => {
    expect(shuffledChoices({ ...card, wrong: [] }, 0)).toEqual([])
  })

  it('have keys short enough for a button', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(choiceKey(text)).toMatch(/^[0-9a-z]{1,7}$/)
      }),
    )
  })
})
