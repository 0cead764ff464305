import { describe, expect, it } from 'vitest'
import { listQuestion } from '../../../src/notes/rules/listQuestion.ts'
import { brief, build, cardsFrom, said } from '../building.ts'

describe('lists', () => {
  it('asks to name the items of a list below a sentence', () => {
    const cards = cardsFrom(
      'The four Service types are:\n\n- ClusterIP\n- NodePort\n- LoadBalancer\n- ExternalName\n',
    )
    expect(cards.map(brief)).toEqual([
      'basic: Name the four Service types. → ClusterIP, NodePort, LoadBalancer and ExternalName',
    ])
  })

  it.each([
    ['The four Service types are:', 'Name the four Service types.'],
    ['Service types are:', 'Name the three Service types.'],
    ['There are three kinds of probes:', 'Name the three kinds of probes.'],
    ['A node provides two things:', 'A node provides two things: which ones?'],
    ['A node runs:', 'A node runs: which three?'],
    ['The network meets the following requirements:', 'The network meets three requirements: which ones?'],
    ['Some say so. The parts of a Pod are the following:', 'Name the three parts of a Pod.'],
    ['They are:', null],
    ['It contains:', null],
    ['For example:', null],
    ['These include:', null],
  ])('turns "%s" into a question', (sentence, name) => {
    expect(listQuestion(sentence, 3).name).toBe(name)
  })

  it('asks for the outsider where the notes name one', () => {
    const [, card] = cardsFrom(
      '<!-- not: Ingress | Gateway -->\nThe four Service types are:\n\n- ClusterIP\n- NodePort\n- LoadBalancer\n- ExternalName\n',
    )
    expect(card).toMatchObject({
      kind: 'choice',
      prompt: 'Which of these is not one of the four Service types?',
      answer: 'Ingress',
      wrong: ['ClusterIP', 'NodePort', 'LoadBalancer'],
    })
  })

  it('names the terms of definitions, which make cards of their own', () => {
    const cards = cardsFrom(
      'The two parts of a cluster are:\n\n<!-- ask: What does the {term} do? -->\n<!-- ask-back: none -->\n- **control plane**: decides.\n- **worker**: works.\n',
    )
    expect(cards.map(brief)).toEqual([
      'basic: Name the two parts of a cluster. → Control plane and worker',
      'basic: What does the control plane do? → Decides',
      'basic: What does the worker do? → Works',
    ])
  })

  it('leaves lists of long items and lists without a sentence alone', () => {
    expect(cardsFrom(`Three rules are:\n\n- ${'long '.repeat(20)}\n- b\n- c\n`)).toEqual([])
    expect(cardsFrom('Some prose.\n\n- a\n- b\n')).toEqual([])
  })

  it('parts items that hold a comma or "and" by semicolons', () => {
    const [card] = cardsFrom('The two offers are:\n\n- security and governance\n- CI/CD\n')
    expect(card?.answer).toBe('Security and governance; CI/CD')
  })

  it('warns when the sentence counts otherwise than the list', () => {
    const { findings } = build({ 'a.md': '# T\n\nThe four types are:\n\n- a\n- b\n- c\n' })
    expect(findings.map(said)).toEqual([
      'notes/a.md:3: warning: the sentence speaks of 4, the list has 3: correct one of them',
    ])
  })
})
