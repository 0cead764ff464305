import { describe, expect, it } from 'vitest'
import { build, cardsFrom, said } from '../building.ts'

describe('questions', () => {
  it('takes a question with wrong choices as a choice', () => {
    const [card] = cardsFrom(
      'Q: Which label ties a slice to `its` Service?\nA: `kubernetes.io/service-name`\nNot: `a|b` | *two* | three | four\nWhy: Tools look\nfor this label.',
    )
    expect(card).toMatchObject({
      kind: 'choice',
      prompt: 'Which label ties a slice to `its` Service?',
      answer: '`kubernetes.io/service-name`',
      wrong: ['`a|b`', '*two*', 'three'],
      explanation: 'Tools look for this label.',
      source: { file: 'notes/notes.md', line: 1 },
    })
  })

  it('types a short answer that has accepted alternatives, and shows others', () => {
    const [typed, long, plain] = cardsFrom(
      'Q: Who owns EKS?\nA: Amazon\nAccept: AWS | `aws`\n\nQ: Why so?\nA: because it is the way of the world\nAccept: x\n\nQ: Who?\nA: Me\n',
    )
    expect([typed?.kind, long?.kind, plain?.kind]).toEqual(['typed', 'basic', 'basic'])
    expect(typed?.accept).toEqual(['AWS', 'aws'])
  })

  it('reads several questions of one paragraph and of list items', () => {
    const cards = cardsFrom('Q: One?\nA: 1\nQ: Two?\nA: 2\n\n- Q: Three?\n  A: 3\n')
    expect(cards.map(({ prompt, answer, source }) => [prompt, answer, source.line])).toEqual([
      ['One?', '1', 1],
      ['Two?', '2', 3],
      ['Three?', '3', 6],
    ])
  })

  it('names file and line of a question without an answer, and says what to do', () => {
    const { findings, files } = build({ 'a.md': '# T\n\nText.\n\nQ: Why?\n', 'b.md': 'Q: Who?\nA: Me\n' })
    expect(findings.map(said)).toEqual([
      'notes/a.md:5: error: a question lacks its line "A: …" with its answer',
    ])
    expect(files.map(({ path }) => path)).toEqual(['decks/b.yaml'])
  })

  it('says when there are too few wrong choices', () => {
    const { findings, decks } = build({ 'a.md': 'Q: Who?\nA: Me\nNot: You\n' })
    expect(findings.map(said)).toEqual([
      'notes/a.md:1: warning: "Not:" gives 1 of 3 wrong choices: without the others it is no choice',
    ])
    expect(decks[0]?.cards[0]).toMatchObject({ kind: 'basic', wrong: [] })
  })
})
