import { describe, expect, it } from 'vitest'
import { DeckFileError, readDeckFile } from '../../src/notes/deckFile.ts'

const DECK = `title: Services
source: notes/services.md
cards:
  - id: a
    fact: a
    kind: basic
    prompt: One?
    answer: "1"
    context: [Here, There]
    line: 3

  - id: b
    fact: b
    kind: basic
    prompt: Two?
    answer: "2"
    line: 5
`

describe('a deck file', () => {
  it.each<[string, string, string]>([
    [
      'has a field too much',
      DECK.replace('line: 5', 'line: 5\n    when: now'),
      '12: "cards.1" is not as a deck',
    ],
    ['has a number for a text', DECK.replace('"2"', '2'), '16: "cards.1.answer" is not as a deck has it'],
    ['lacks a field', DECK.replace('    prompt: Two?\n', ''), '12: "cards.1.prompt" is not as a deck has it'],
    ['has an odd id', DECK.replace('id: b', 'id: B!'), '12: "cards.1.id" is not as a deck has it: use a-z'],
    ['is cut off', DECK.slice(0, DECK.indexOf('"1"') + 2), '8: no valid YAML'],
    ['is a list', '- a\n- b\n', '1: the file is not as a deck has it'],
    ['is empty', '', '1: no valid YAML'],
    ['is text', 'Hello\n', '1: the file is not as a deck has it'],
    ['has a key twice', DECK.replace('title:', 'title: a\ntitle:'), '2: no valid YAML'],
    [
      'has the marks of a merge conflict',
      DECK.replace(
        '    answer: "2"\n',
        '<<<<<<< HEAD\n    answer: "2"\n=======\n    answer: "3"\n>>>>>>> more\n',
      ),
      '16: the file holds the marks of a merge conflict. Take either side of the conflict, settle it in the notes, and build again.',
    ],
  ])('that %s is refused with its line', (_, text, problem) => {
    expect(() => readDeckFile('decks/services.yaml', text)).toThrow(DeckFileError)
    expect(() => readDeckFile('decks/services.yaml', text)).toThrow(`decks/services.yaml:${problem}`)
  })

  it('is read with what is left out filled in', () => {
    expect(readDeckFile('decks/services.yaml', DECK).cards[0]).toEqual({
      id: 'a',
      fact: 'a',
      side: 'front',
      kind: 'basic',
      prompt: 'One?',
      answer: '1',
      accept: [],
      wrong: [],
      context: ['Here', 'There'],
      explanation: '',
      line: 3,
    })
  })
})
