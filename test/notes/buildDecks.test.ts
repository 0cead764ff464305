import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildDecks } from '../../src/notes/buildDecks.ts'
import { readDeckFile } from '../../src/notes/deckFile.ts'
import { deckText } from '../../src/notes/deckText.ts'
import { build, said } from './building.ts'

const NAMES = ['services', 'nodes', 'providers', 'helm']
const NOTES = Object.fromEntries(
  NAMES.map((name) => [
    `${name}.md`,
    readFileSync(new URL(`../../decks/notes/${name}.md`, import.meta.url), 'utf8'),
  ]),
)

const BUILT = build(NOTES)

describe('a build', () => {
  it('gives the same bytes for the same notes', () => {
    expect(build(NOTES).files).toEqual(BUILT.files)
  })

  it('gives the same whatever the order of files', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.entries(NOTES), { minLength: NAMES.length }), (entries) => {
        const other = build(Object.fromEntries(entries))
        expect(other.files).toEqual(BUILT.files)
        expect(other.findings).toEqual(BUILT.findings)
      }),
      { numRuns: 5 },
    )
  })

  it('reads its own decks as they were written', () => {
    for (const { path, text } of BUILT.files) {
      expect(deckText(readDeckFile(path, text))).toBe(text)
      expect(text).not.toMatch(/[ \t]$/m)
    }
  })

  it('keeps texts that YAML could mistake for something else', () => {
    const odd = fc.oneof(
      fc.constantFrom(
        'yes',
        'no',
        'null',
        '1.10',
        '0x1F',
        '2019-06-01',
        '- a',
        '# b',
        'a: b',
        '@at',
        '`code`',
        '{x}',
        '"q"',
      ),
      fc.string({ minLength: 1, maxLength: 40 }).filter((text) => text.trim() === text && /\S/.test(text)),
    )
    fc.assert(
      fc.property(odd, odd, fc.array(odd, { minLength: 3, maxLength: 3 }), (prompt, answer, wrong) => {
        const card = { id: 'a', fact: 'a', side: 'front', kind: 'choice', prompt, answer, wrong } as const
        const stored = {
          id: 'd',
          title: answer,
          source: 'd.md',
          cards: [{ ...card, accept: [answer], context: [prompt], explanation: prompt, line: 1 }],
          retired: [],
        }
        expect(readDeckFile('d.yaml', deckText(stored))).toEqual(stored)
      }),
    )
  })

  it('gives every card three wrong choices that are wrong, or none', () => {
    for (const card of BUILT.decks.flatMap(({ cards }) => cards)) {
      const right = [card.answer, ...card.accept].map((text) => text.toLowerCase())
      expect([0, 3]).toContain(card.wrong.length)
      expect(new Set(card.wrong).size).toBe(card.wrong.length)
      for (const choice of card.wrong) {
        if (card.answer.startsWith('`')) expect(choice).not.toBe(card.answer)
        else expect(right).not.toContain(choice.toLowerCase())
      }
    }
  })

  it('numbers lines as the notes have them', () => {
    const lines = (NOTES['services.md'] ?? '').split('\n')
    const { decks } = BUILT
    const cards = decks.find(({ id }) => id === 'services')?.cards ?? []
    for (const { prompt, source } of cards) {
      const line = lines[source.line - 1] ?? ''
      if (line.startsWith('Q: ')) expect(line).toBe(`Q: ${prompt}`)
      else expect(line).toMatch(/^- \*\*|:$/)
    }
    expect(cards.length).toBeGreaterThan(20)
  })
})

describe('errors', () => {
  const broken = (notes: string): string[] => build({ 'a.md': notes }).findings.map(said)

  it.each([
    ['---\ntitle: a: b\n---\n', 'notes/a.md:2: error: the front matter is no YAML'],
    [
      '---\nrules: { tabels: off }\n---\n',
      'notes/a.md:1: error: "rules" cannot be read (Unrecognized key: "tabels"): write e.g. "rules: { lists: off }"',
    ],
    [
      'Text\n\n<!-- aks: What? -->\n- **Ace**: b\n',
      'notes/a.md:3: warning: "aks:" is no directive: did you mean "ask:"?',
    ],
    [
      '<!-- ask: What is {trem}? -->\n- **Ace**: b\n',
      'notes/a.md:1: error: {trem} stands for nothing here: use {term}, {answer}',
    ],
    ['- **Ace**: b\n\n<!-- ask: none -->\n', 'notes/a.md:3: warning: this directive stands above nothing'],
    ['Only prose.\n', 'notes/a.md:1: warning: no facts found here'],
    [
      'Q: Same?\nA: 1\n\nQ: Same?\nA: 2\n',
      'notes/a.md:4: error: “Same?” has the answer “2” here and “1” at notes/a.md:1',
    ],
    ['Q: Same?\nA: 1\n\nQ: Same?\nA: 1\n', 'notes/a.md:4: error: “Same?” is asked at notes/a.md:1 already'],
    ['Q: Who?\nA: Me\nNot: You | Me | They\n', 'notes/a.md:1: error: “Me” is both a wrong choice and right'],
    ['Q: Is Helm good?\nA: Helm\n', 'notes/a.md:1: warning: “Is Helm good?” holds its answer “Helm”'],
    [
      `Q: Who?\nA: Me\nNot: You | They | ${'x'.repeat(101)}\n`,
      'notes/a.md:1: warning: “Who?” stays a flashcard without choices: the choice',
    ],
  ])('in %j say where and what to do', (notes, message) => {
    expect(broken(notes)[0]).toContain(message)
  })

  it('in one file leave the others built and its own deck as it was', () => {
    const first = build({ 'a.md': 'Q: One?\nA: 1\n', 'b.md': 'Q: Two?\nA: 2\n' })
    const second = build(
      { 'a.md': '---\ntitle: a: b\n---\nQ: One!\nA: 1\n', 'b.md': 'Q: Two?\nA: 3\n' },
      first.all,
    )
    expect(second.files.map(({ path }) => path)).toEqual(['decks/b.yaml'])
    expect(second.obsolete).toEqual([])
    expect(second.changes.retired).toEqual([])
  })

  it('in the cards leave the deck of their file as it was, and build the others', () => {
    const { files, findings } = build({ 'a.md': 'Q: One?\nA: 1\n', 'b.md': 'Q: One?\nA: 2\n' })
    expect(findings.map(said)).toEqual([
      'notes/b.md:1: error: “One?” has the answer “2” here and “1” at notes/a.md:1: say in the question which one is meant',
    ])
    expect(files.map(({ path }) => path)).toEqual(['decks/a.yaml'])
  })

  it('in a deck file name its line and leave it alone', () => {
    const first = build({ 'a.md': 'Q: One?\nA: 1\n' })
    const damaged = first.all.map(({ path, text }) => ({
      path,
      text: text.replace('kind: basic', 'kind: fancy'),
    }))
    const { findings, files } = build({ 'a.md': 'Q: One?\nA: 1\n', 'b.md': 'Q: Two?\nA: 2\n' }, damaged)
    expect(findings.map(said)[0]).toMatch(
      /^decks\/a\.yaml:9: error: "cards\.0\.kind" is not as a deck has it/,
    )
    expect(files.map(({ path }) => path)).toEqual(['decks/b.yaml'])
  })

  it('tell two files that make the same deck apart', () => {
    const files = ['x/a.md', 'y/a.md'].map((path) => ({ path, text: 'Q: One?\nA: 1\n' }))
    const { findings } = buildDecks({ files, previous: [], gone: new Set(), outFolder: 'decks' })
    expect(findings.map(said)).toEqual([
      'y/a.md:1: error: x/a.md makes the deck "a" too: rename one of the two',
    ])
  })

  it('name a default question by its heading when others ask the same', () => {
    const { decks, findings } = build({
      'a.md': '# T\n\n## Storage\n\n- **Limits**: how much.\n\n## Network\n\n- **Limits**: how many.\n',
    })
    expect(findings).toEqual([])
    expect(decks[0]?.cards.map(({ prompt }) => prompt)).toEqual([
      'Storage: What is Limits?',
      'What is this called: how much?',
      'Network: What is Limits?',
      'What is this called: how many?',
    ])
  })
})
