import { describe, expect, it } from 'vitest'
import { buildDecks } from '../../../src/notes/buildDecks.ts'
import { build, said } from '../building.ts'

const SERVICES = `# Services

## Types

- **ClusterIP**: gives the Service an address that works only inside the cluster. It is the default.
- **NodePort**: opens the same port on every machine of the cluster.
- **LoadBalancer**: has the cloud provider set up an entry point.

## Providers

| Feature | GKE | AKS | EKS |
|---|---|---|---|
| Node autoscaling | yes | under preview | yes |
| RBAC | yes | yes | yes |
| Kubernetes version | 1.13.6 | 1.13.5 | 1.12.6 |

## Questions

Q: Which protocol does a Service port use when you set none?
A: TCP
Not: UDP | SCTP | HTTP

The three parts of a Pod are:

- containers
- volumes
- an address
`

/** The ids of a build by prompt. */
function idsOf(result: ReturnType<typeof build>): Map<string, string> {
  return new Map(result.decks.flatMap(({ cards }) => cards.map(({ prompt, id }) => [prompt, id] as const)))
}

function byAnswer(result: ReturnType<typeof build>): Record<string, string> {
  return Object.fromEntries(result.decks.flatMap(({ cards }) => cards.map(({ answer, id }) => [answer, id])))
}

/** Builds the notes, then builds them again as edited. */
function rebuilt(edit: (notes: string) => string, name = 'services.md') {
  const first = build({ 'services.md': SERVICES })
  const second = build({ [name]: edit(SERVICES) }, first.all)
  return { first, second, before: idsOf(first), after: idsOf(second) }
}

describe('identity', () => {
  it('keeps every id when nothing changes, and writes nothing', () => {
    const { second, before, after } = rebuilt((notes) => notes)
    expect(after).toEqual(before)
    expect(second.files).toEqual([])
    expect(second.changes).toEqual({ new: [], edited: [], moved: [], retired: [] })
  })

  it.each<[string, (notes: string) => string]>([
    ['a typo corrected in an answer', (notes) => notes.replace('works only inside', 'work only inside')],
    ['a typo corrected in a term', (notes) => notes.replace('**LoadBalancer**', '**LoadBalancr**')],
    ['a typo in a question', (notes) => notes.replace('Which protocol does', 'Which protokol does')],
    [
      'a reworded definition',
      (notes) =>
        notes.replace(
          'opens the same port on every machine of the cluster',
          'listens on one and the same port of each node',
        ),
    ],
    [
      'a reworded question',
      (notes) =>
        notes.replace(
          'Which protocol does a Service port use when you set none?',
          'When none is set, which protocol does a Service port use?',
        ),
    ],
    ['a corrected value in a table', (notes) => notes.replace('1.12.6', '1.12.7')],
    ['a corrected answer', (notes) => notes.replace('A: TCP', 'A: TCP (by default)')],
    [
      'a reordered list',
      (notes) => notes.replace(/(- \*\*ClusterIP.*\n)(- \*\*NodePort.*\n)(- \*\*Load.*\n)/, '$3$1$2'),
    ],
    ['a renamed heading', (notes) => notes.replace('## Types', '## The types of Service')],
    [
      'sections in another order',
      (notes) => notes.replace(/(## Types[\s\S]*)(## Providers[\s\S]*)(## Questions[\s\S]*)/, '$3$2$1'),
    ],
    ['another level of headings', (notes) => notes.replaceAll('## ', '### ')],
    [
      'an inserted row and item',
      (notes) =>
        notes
          .replace('| RBAC', '| Node groups | yes | no | yes |\n| RBAC')
          .replace('- **NodePort', '- **Headless**: has no address.\n- **NodePort'),
    ],
    [
      'columns in another order',
      (notes) => notes.replace(/\| ([^|]*) \| ([^|]*) \| ([^|]*) \| ([^|]*) \|/g, '| $1 | $4 | $2 | $3 |'),
    ],
    [
      'another prompt for a whole table',
      (notes) =>
        notes.replace(
          '| Feature',
          '<!-- ask: In June 2019, what about {row} on {column}? -->\n<!-- ask-back: Of GKE, AKS and EKS, whose {row} was {cell} in June 2019? -->\n| Feature',
        ),
    ],
    [
      'other prompts for definitions',
      (notes) =>
        notes.replace(
          '- **ClusterIP',
          '<!-- ask: What does {term} do? -->\n<!-- ask-back: Which Service type {answer}? -->\n- **ClusterIP',
        ),
    ],
    [
      'a new item in a named list',
      (notes) => notes.replace('three parts', 'four parts').replace('- an address', '- an address\n- labels'),
    ],
    [
      'more explanation',
      (notes) => notes.replace('It is the default.', 'It is the default. It needs no cloud.'),
    ],
  ])('keeps every id through %s', (_, edit) => {
    const { before, after, second } = rebuilt(edit)
    expect([...after.values()]).toEqual(expect.arrayContaining([...before.values()]))
    expect(second.changes.retired).toEqual([])
  })

  it('keeps ids and facts when the file is renamed, and drops the old deck', () => {
    const { first, second, before, after } = rebuilt((notes) => notes, 'kube-services.md')
    expect(after).toEqual(before)
    expect(second.all.map(({ path }) => path)).toEqual(['decks/kube-services.yaml'])
    expect(second.changes.moved).toHaveLength(first.decks[0]?.cards.length ?? 0)
    expect(second.obsolete).toEqual(['decks/services.yaml'])
  })

  it('keeps the id of a card that moves to another file', () => {
    const first = build({ 'a.md': SERVICES, 'b.md': '# B\n\n- **Pod**: the smallest unit.\n' })
    const moved = '- **NodePort**: opens the same port on every machine of the cluster.\n'
    const second = build(
      { 'a.md': SERVICES.replace(moved, ''), 'b.md': `# B\n\n- **Pod**: the smallest unit.\n${moved}` },
      first.all,
    )
    expect(idsOf(second)).toEqual(idsOf(first))
    expect(second.changes.moved.map(({ prompt, from, to }) => [prompt, from, to])).toEqual([
      ['What does NodePort do?', ['a', 'Types'], ['b']],
      ['What opens the same port on every machine of the cluster?', ['a', 'Types'], ['b']],
    ])
    expect(second.changes.retired).toEqual([])
  })

  it.each<[string, RegExp, (notes: string) => string]>([
    ['another column with the same values', /for OKE|OKE$/, (notes) => notes.replace('| EKS |', '| OKE |')],
    [
      'another row with the same values',
      /Windows/,
      (notes) => notes.replace('| RBAC |', '| Windows nodes |'),
    ],
    [
      'another term with another meaning',
      /ExternalName/,
      (notes) =>
        notes.replace(/\*\*NodePort\*\*: .*/, '**ExternalName**: answers with an alias for a host outside.'),
    ],
    [
      'a question on another thing',
      /targetPort/,
      (notes) =>
        notes.replace(
          'Which protocol does a Service port use when you set none?\nA: TCP',
          'Which field of a Service port names the port on the Pods?\nA: targetPort',
        ),
    ],
    [
      'the opposite question',
      /besides/,
      (notes) =>
        notes.replace(
          'when you set none?\nA: TCP\nNot: UDP | SCTP | HTTP',
          'besides TCP?\nA: UDP\nNot: ICMP | ARP | HTTP',
        ),
    ],
  ])('gives no old id to %s', (_, isNew, edit) => {
    const { before, second } = rebuilt(edit)
    const old = new Set(before.values())
    const cards = second.decks
      .flatMap(({ cards }) => cards)
      .filter(({ prompt, answer }) => isNew.test(`${prompt} ${answer}`))
    expect(cards.length).toBeGreaterThan(0)
    expect(cards.filter(({ id }) => old.has(id))).toEqual([])
  })

  it('retires what disappears and gives it its id back when it returns', () => {
    const { first, second, before } = rebuilt((notes) => notes.replace(/- \*\*NodePort.*\n/, ''))
    expect(second.changes.retired.map(({ prompt }) => prompt)).toEqual([
      'What does NodePort do?',
      'What opens the same port on every machine of the cluster?',
    ])
    expect(second.all[0]?.text).toContain('retired:')
    const third = build({ 'services.md': SERVICES }, second.all)
    expect(idsOf(third)).toEqual(before)
    expect(third.changes.new).toHaveLength(2)
    expect(third.all).toEqual(first.all)
  })

  it('keeps the retired cards of notes that are gone', () => {
    const first = build({ 'a.md': SERVICES, 'b.md': 'Q: Who?\nA: Me\n' })
    const second = build({ 'b.md': 'Q: Who?\nA: Me\n' }, first.all)
    expect(second.all.map(({ path }) => path)).toEqual(['decks/a.yaml', 'decks/b.yaml'])
    const third = build({ 'a.md': SERVICES, 'b.md': 'Q: Who?\nA: Me\n' }, second.all)
    expect(idsOf(third)).toEqual(idsOf(first))
  })

  it('says what an edit did to a card', () => {
    const { second } = rebuilt((notes) => notes.replace('A: TCP', 'A: TCP (by default)'))
    expect(second.changes.edited).toMatchObject([
      {
        answerBefore: 'TCP',
        answer: 'TCP (by default)',
        prompt: 'Which protocol does a Service port use when you set none?',
      },
    ])
  })
})

describe('ids fixed in the notes', () => {
  const NOTES =
    '# T\n\n- **Pod**: the smallest unit. {#pod}\n\n| | A | B | C |\n|-|-|-|-|\n| port {#port} | 1 | 2 | 3 |\n'

  it('fix the ids of a fact and its cards', () => {
    const ids = [...idsOf(build({ 'a.md': NOTES })).values()]
    expect(ids).toEqual([
      'pod',
      'pod-back',
      'port-a',
      'port-a-back',
      'port-b',
      'port-b-back',
      'port-c',
      'port-c-back',
    ])
  })

  it('hold whatever else changes', () => {
    const first = build({ 'a.md': NOTES })
    const second = build({ 'a.md': '# T\n\n- **Whale**: a large animal. {#pod}\n' }, first.all)
    expect([...idsOf(second).values()]).toEqual(['pod', 'pod-back'])
  })

  it('go with a gap and not with its number', () => {
    const text = 'The ==scheduler== gives a Pod to a ==node== of the cluster. {#placing}\n'
    const first = build({ 'a.md': text })
    expect(byAnswer(first)).toEqual({ scheduler: 'placing-gap-1', node: 'placing-gap-2' })
    const second = build({ 'a.md': text.replace('a Pod', 'a ==Pod==') }, first.all)
    expect(byAnswer(second)).toEqual({
      scheduler: 'placing-gap-1',
      Pod: 'placing-gap-3',
      node: 'placing-gap-2',
    })
  })

  it('are refused when a deck that is not built has the same, which is named', () => {
    const first = build({ 'a.md': 'Q: One? {#x}\nA: 1\n', 'b.md': 'Q: Two?\nA: 2\n' })
    const { findings, files } = buildDecks({
      files: [{ path: 'notes/b.md', text: 'Q: Two? {#x}\nA: 2\n' }],
      previous: first.all,
      gone: new Set(),
      outFolder: 'decks',
    })
    expect(findings.map(said)).toContain(
      'notes/b.md:1: error: the id "x" is used at notes/a.md:1 already: choose another',
    )
    expect(files).toEqual([])
  })

  it('are refused when two facts have the same', () => {
    const { findings, files } = build({ 'a.md': '- **Ace**: one. {#x}\n- **Bee**: two. {#x}\n' })
    expect(findings.map(({ line, message }) => `${line}: ${message}`)).toEqual([
      '2: the id "x" is used at notes/a.md:1 already: choose another',
      '2: the id "x-back" is used at notes/a.md:1 already: choose another',
    ])
    expect(files).toEqual([])
  })

  it('warn when they would cost a card its history', () => {
    const first = build({ 'a.md': 'Q: Who am I?\nA: Me\n' })
    const [id] = idsOf(first).values()
    const second = build({ 'a.md': 'Q: Who am I? {#me}\nA: Me\n' }, first.all)
    expect(second.findings[0]?.message).toContain(`write {#${id}} to keep what was learned`)
    const third = build({ 'a.md': `Q: Who am I? {#${id}}\nA: Me\n` }, first.all)
    expect(third.findings).toEqual([])
    expect([...idsOf(third).values()]).toEqual([id])
  })
})
