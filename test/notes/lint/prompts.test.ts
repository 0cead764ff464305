import { describe, expect, it } from 'vitest'
import { build, cardsFrom, said } from '../building.ts'

/** What the build says about one question that a person wrote. */
function sayings(prompt: string, answer = 'the answer', rest = ''): string[] {
  return build({ 'a.md': `# T\n\nQ: ${prompt}\nA: ${answer}\n${rest}` }).findings.map(said)
}

describe('a question that holds its answer', () => {
  it('is a warning with file and line', () => {
    expect(sayings('Which port does the default port 80 use?', 'port 80')).toEqual([
      'notes/a.md:3: warning: “Which port does the default port 80 use?” holds its answer “port 80”: ask without naming it',
    ])
  })

  it('may offer it among others', () => {
    expect(sayings('Which is cheaper, GKE or EKS?', 'GKE')).toEqual([])
  })
})

describe('a question that needs its heading', () => {
  it.each([
    'What are these?',
    'What does it do?',
    'Which port does it use?',
    'Why is this so?',
    'How do they talk to each other?',
    'It is the smallest unit. What is its name?',
    'What does the table above say about Pods, as shown above?',
    'What does the previous section call a Pod?',
  ])('is a warning: %s', (prompt) => {
    expect(sayings(prompt)).toEqual([expect.stringMatching(/^notes\/a\.md:3: warning: .* by itself/)])
  })

  it.each([
    'What is this called: a group of containers?',
    'Which command is this: `helm list`?',
    'What is it called when you upload an image?',
    'Why is it easy to add a machine to a cluster?',
    'What does it cost to download Velero?',
    'A Pod dies. Which component replaces it?',
    'What is `this` in JavaScript?',
    'Which repository did these notes name in 2019?',
    'How many Pods can run above the limit of 110?',
  ])('is not this one: %s', (prompt) => {
    expect(sayings(prompt)).toEqual([])
  })

  it('may point at its choices, if it has any', () => {
    const prompt = 'Which of these is a Service type?'
    expect(sayings(prompt, 'NodePort', 'Not: Ingress | Pod | Node\n')).toEqual([])
    expect(sayings(prompt, 'NodePort')).toHaveLength(1)
  })

  it('makes no card when a rule made it', () => {
    const { decks, findings } = build({
      'a.md': '# T\n\nThe hook decides which of these are valid:\n\n- a\n- b\n',
    })
    expect(decks.flatMap(({ cards }) => cards)).toEqual([])
    expect(findings.map(said)).toContainEqual(
      expect.stringMatching(/^notes\/a\.md:3: warning: no card .* by itself/),
    )
  })
})

describe('leftovers of markup', () => {
  it.each([
    ['a footnote without its text', 'Water boils[^1] at 100 degrees'],
    ['an unknown place for an id', 'Water {#water} boils at 100 degrees'],
    ['a placeholder', 'Water boils, says {term}'],
    ['a gap within bold text', 'Water **==boils==** at 100 degrees'],
    ['a gap in the style of Anki', 'Water **{{c1::boils}}** at 100 degrees'],
    ['an entity that was escaped', 'Water &amp;nbsp; boils'],
  ])('are a warning: %s', (_, answer) => {
    expect(sayings('What does water do?', answer)).toEqual([expect.stringContaining('still holds markup')])
  })

  it.each([
    'Use `{#id}` and `[^1]`',
    'Write `==x==`',
    'If a < b and b > c',
    'The sign {{ .Values.x }}',
    'a == b',
  ])('are not in %s', (answer) => {
    expect(sayings('What does water do?', answer)).toEqual([])
  })
})

describe('the same question twice', () => {
  const twice = (a: string, b: string): string =>
    `# T\n\nQ: What is a Pod?\nA: ${a}\n\nQ: What is a Pod?\nA: ${b}\n`

  it('is an error when a person wrote both', () => {
    expect(build({ 'a.md': twice('one', 'one') }).findings.map(said)).toEqual([
      'notes/a.md:6: error: “What is a Pod?” is asked at notes/a.md:3 already: take one of them out',
    ])
    expect(build({ 'a.md': twice('one', 'two') }).findings.map(said)).toEqual([
      'notes/a.md:6: error: “What is a Pod?” has the answer “two” here and “one” at notes/a.md:3: say in the question which one is meant',
    ])
  })

  it('is a warning when rules made them of two files', () => {
    const [a, b] = ['# A\n\n- **Pod**: the smallest unit.', '# B\n\n- **Pod**: a group of containers.']
    const { findings, files } = build({ 'a.md': a, 'b.md': b })
    expect(findings.map(said)).toEqual([
      expect.stringMatching(/^notes\/b\.md:3: warning: “What is Pod\?” has/),
    ])
    expect(files).toHaveLength(2)
  })

  it('makes one card when rules made them of one file', () => {
    const cards = cardsFrom('The node parts are:\n\n- a\n- b\n\nThe node parts are:\n\n- c\n- d\n')
    expect(cards.map(({ answer }) => answer)).toEqual(['A and b'])
  })
})

describe('cards without words', () => {
  it('make no card when a rule made them', () => {
    const table = '| Badge | A | B |\n|---|---|---|\n| ![](x.png) | ![](y.png) | ![](z.png) |\n'
    expect(cardsFrom(table)).toEqual([])
  })

  it('may be a sign in code', () => {
    expect(sayings('Which sign stands for any character?', '`?`')).toEqual([])
    expect(sayings('Which sign stands for any name?', '`*`')).toEqual([])
  })
})

describe('a question that is too long', () => {
  it('is a warning even for a flashcard', () => {
    expect(sayings(`What is ${'very '.repeat(70)}long?`)).toEqual([
      expect.stringMatching(/^notes\/a\.md:3: warning: .* has \d+ characters, more than 300/),
    ])
  })
})
