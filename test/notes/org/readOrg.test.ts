import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText } from '../../../src/notes/inline.ts'
import { chunksOf } from '../../../src/notes/org/chunks.ts'
import { readOrg } from '../../../src/notes/org/readOrg.ts'
import { brief, build, cardsFrom, said } from '../building.ts'

const cards = (org: string) => build({ 'notes.org': org }).decks.flatMap((deck) => deck.cards)

describe('Org', () => {
  it('is read into sections with their heading paths and lines', () => {
    const { title, sections } = readOrg(
      '#+title: My deck\n\nIntro.\n\n* TODO [#A] One [1/2] :tag:more:\n\n** =Deep= one\n\nText.\n\n* Two\nMore.\n',
    )
    expect(title).toBe('My deck')
    expect(sections.map(({ path, line }) => [path, line])).toEqual([
      [[], 1],
      [['One', '`Deep` one'], 7],
      [['Two'], 11],
    ])
  })

  it('is named after a single top heading, and after none of several', () => {
    const one = readOrg('* Kubernetes\n** Pods\nText.\n')
    expect([one.title, one.sections[0]?.path]).toEqual(['Kubernetes', ['Pods']])
    expect(readOrg('* Pods\nText.\n* Nodes\nText.\n').title).toBeNull()
  })

  it('gives the same cards as the same notes in Markdown', () => {
    const org = [
      'The four /Service/ types are:',
      '# not: Ingress',
      '- ClusterIP',
      '- NodePort',
      '- LoadBalancer',
      '- ExternalName',
      '',
      '',
      '- kubelet (also node agent) :: an *agent* on every node. It starts containers.',
      '- =helm repo list= :: lists the +chart+ repositories you added, see [[https://helm.sh][Helm]].',
      '',
      '| Feature     | GKE | AKS           |',
      '|-------------+-----+---------------|',
      '| Autoscaling | Yes | under preview[fn:aks] |',
      '',
      '#+begin_src sh',
      '# show the pods of every namespace',
      'kubectl get pods --all-namespaces',
      '#+end_src',
      '',
      'Q: Which protocol is the default?',
      'A: TCP',
      'Not: UDP | SCTP | HTTP',
      '',
      '[fn:aks] Generally available since 2019.',
    ]
    const markdown = [
      'The four *Service* types are:',
      '<!-- not: Ingress -->',
      '- ClusterIP',
      '- NodePort',
      '- LoadBalancer',
      '- ExternalName',
      '',
      '<!-- -->',
      '- **kubelet (also node agent)**: an **agent** on every node. It starts containers.',
      '- `helm repo list`: lists the ~~chart~~ repositories you added, see [Helm](https://helm.sh).',
      '',
      '| Feature | GKE | AKS |',
      '|---|---|---|',
      '| Autoscaling | Yes | under preview[^aks] |',
      '',
      '```sh',
      '# show the pods of every namespace',
      'kubectl get pods --all-namespaces',
      '```',
      '',
      'Q: Which protocol is the default?',
      'A: TCP',
      'Not: UDP | SCTP | HTTP',
      '',
      '[^aks]: Generally available since 2019.',
    ]
    const fromOrg = cards(org.join('\n'))
    expect(fromOrg.map(brief)).toEqual(cardsFrom(markdown.join('\n')).map(brief))
    expect(fromOrg.length).toBeGreaterThan(8)
  })

  it('takes the id of a fact from the property drawer of its heading, or from its end', () => {
    const [pod, , node] = cards(
      '* Pods\n:PROPERTIES:\n:CUSTOM_ID: Pod-1\n:END:\n*Pod*: the smallest unit.\n\n*Node*: a machine. {#node}\n* More\n:PROPERTIES:\n:ID: 6b1f2c3d-0000-4000-8000-123456789abc\n:END:\n*Ace*: one.\n',
    )
    expect([pod?.id, node?.id]).toEqual(['pod-1', 'node'])
  })

  it('leaves out what a person put aside', () => {
    const text =
      '* COMMENT Draft\n- One :: first\n* Old :ARCHIVE:\n** Below\n- Two :: second\n* Open\n# a remark\n:LOGBOOK:\n- Three :: third\n:END:\n- Four :: fourth\n'
    expect(cards(text).map(({ answer }) => answer)).toEqual(['Fourth', 'Four'])
  })

  it('reads a table without a rule as terms, and a header over several rows as one', () => {
    expect(cards('| Pod | the smallest unit |\n| Node | a machine |\n').map(brief)).toContain(
      'basic: What is Pod? → The smallest unit',
    )
    const { sections } = readOrg(
      '|---|---|\n| <l> | |\n| Feature | GKE |\n| of cloud | |\n|---+---|\n| RBAC | yes |\n|---+---|\n',
    )
    const [table] = sections[0]?.blocks ?? []
    if (table?.kind !== 'table') throw new Error('no table')
    expect(table.header.map(({ nodes }) => plainText(nodes))).toEqual(['Feature of cloud', 'GKE'])
    expect(table.rows.map(({ line, cells }) => [line, cells.length])).toEqual([[6, 2]])
  })

  it('keeps inline footnotes, nested lists and the text of quotes', () => {
    const found = cards('#+begin_quote\n- Ace :: one[fn:: Explained /here/.]\n  - Bee :: two\n#+end_quote\n')
    expect(found.map(({ answer }) => answer)).toEqual(['One', 'Ace', 'Two', 'Bee'])
    expect(found[0]?.explanation).toBe('Explained *here*.')
  })

  it('switches rules off, and says which word it does not know', () => {
    expect(cards('#+RULES: definitions:off\n\n*Pod*: the smallest unit.\n')).toEqual([])
    const { findings } = build({ 'notes.org': 'Text.\n\n#+RULES: lists:off tabels=off\n' })
    expect(findings.map(said)[0]).toMatch(
      /^notes\/notes\.org:3: error: "tabels=off" cannot be read: write e\.g\./,
    )
  })

  it('names the line of a block that is never closed, and of a directive above nothing', () => {
    const { findings } = readOrg('* One\n#+begin_src sh\nls\n* Two\nText.\n# ask: What?\n')
    expect(findings.map(({ line, rule }) => [line, rule])).toEqual([
      [2, 'unclosed'],
      [6, 'directive'],
    ])
  })

  it('puts commands of an indented block on their own lines', () => {
    const [card] = cards('- Item\n\n  #+begin_src sh\n  # list the charts\n  helm list\n  #+end_src\n')
    expect([card?.source.line, card?.prompt]).toEqual([4, 'What does `helm list` do?'])
  })

  it('is cut only where the text above is closed', () => {
    const long = 'word '.repeat(1000)
    const text = `${long}\n\nAfter.\n\n#+begin_src sh\n${long}\n\ninside\n#+end_src\n\n[fn:1] ${long}\n\nstill the note\n* Head\n- ${long}\n\n  item\n`
    expect(chunksOf(text).map(({ lineOffset }) => lineOffset)).toEqual([0, 2, 13])
    expect(
      chunksOf(text)
        .map((chunk) => chunk.text)
        .join('\n'),
    ).toBe(text)
  })

  it('attaches a comment to the block below, across a blank line', () => {
    const [card] = cards('* One\n# ask: What is a {term}?\n\n*Pod*: the smallest unit.\n')
    expect([card?.prompt, card?.source.line]).toEqual(['What is a Pod?', 4])
  })

  it('reads a line break mark at the very end', () => {
    expect(readOrg('- Pod :: the smallest unit\\\\').findings).toEqual([])
  })

  it('is one section and one list, however long', () => {
    const items = Array.from({ length: 600 }, (_, index) => `- item ${index} of a list\n  - inner\n`)
    const long = 'word '.repeat(1000)
    const { sections } = readOrg(`#+TITLE: T\n* Head\n${long}\n\n${long}\n\nAll of these:\n${items.join('')}`)
    expect(sections.map(({ path, line }) => [path, line])).toEqual([[['Head'], 2]])
    const list = sections[0]?.blocks.at(-1)
    if (list?.kind !== 'list') throw new Error('no list')
    expect([list.items.length, list.items.at(-1)?.line]).toEqual([600, 1206])
    expect(plainText(list.lead?.phrase.nodes ?? [])).toBe('All of these:')
    expect(chunksOf(items.join('')).length).toBeGreaterThan(2)
  })

  it('reads any text, with lines inside the file', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '* ',
        '** TODO ',
        '- ',
        '1. ',
        ' :: ',
        '| ',
        '|---+',
        '#+begin_src sh',
        '#+end_src',
        '# ask: ',
      ),
      fc.constantFrom(
        '[fn:1]',
        '[fn:: ',
        '[[',
        ']]',
        '*',
        '=',
        ':PROPERTIES:',
        ':END:',
        '#+RULES: ',
        '\n',
        '\n\n',
        '  ',
      ),
      fc.string({ maxLength: 12 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('')
        const { sections, findings } = readOrg(text)
        const lines = text.replace(/\r\n?/g, '\n').split('\n').length
        const found = [...sections, ...sections.flatMap(({ blocks }) => blocks), ...findings]
        for (const { line } of found) {
          expect(line).toBeGreaterThanOrEqual(1)
          expect(line).toBeLessThanOrEqual(lines)
        }
      }),
      { numRuns: 300 },
    )
  })
})
