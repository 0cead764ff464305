import { describe, expect, it } from 'vitest'
import { brief, cardsFrom } from '../building.ts'

describe('definitions', () => {
  it('asks what a term is and what is called so', () => {
    const cards = cardsFrom('- **kubelet**: an agent that runs on every node. It starts the containers.\n')
    expect(cards.map(brief)).toEqual([
      'basic: What is kubelet? → An agent that runs on every node',
      'typed: What is this called: an agent that runs on every node? → kubelet',
    ])
    expect(cards.map((card) => card.explanation)).toEqual([
      'It starts the containers.',
      'It starts the containers.',
    ])
    expect(new Set(cards.map((card) => card.factId)).size).toBe(1)
  })

  it.each([
    ['a dash', '**etcd** - the key-value store of a cluster'],
    ['a long dash', '**etcd** — the key-value store of a cluster'],
    ['a colon inside the bold', '**etcd:** the key-value store of a cluster'],
    ['a paragraph of its own', '**etcd**: the key-value store of a cluster.'],
  ])('reads a definition with %s', (_, markdown) => {
    expect(cardsFrom(markdown).map(brief)).toEqual([
      'basic: What is etcd? → The key-value store of a cluster',
      'typed: What is this called: the key-value store of a cluster? → etcd',
    ])
  })

  it('accepts the names in brackets and leaves out remarks', () => {
    const [, back] = cardsFrom('- **CNI plugin** (also CNI, network plugin): connects Pods to the network.')
    expect(back?.accept).toEqual(['CNI', 'network plugin'])
    const [, deprecated] = cardsFrom('- **PodSecurityPolicy (deprecated)**: limits what Pods may do.')
    expect(deprecated?.answer).toBe('PodSecurityPolicy')
    expect(deprecated?.accept).toEqual([])
  })

  it('speaks of plurals in the plural and of acronyms in the singular', () => {
    const prompts = cardsFrom(
      [
        '- **Labels**: key-value tags on objects.',
        '- **EKS**: managed clusters from Amazon.',
        '- **Kubernetes**: an orchestrator for containers.',
        '- **Ingress**: rules for traffic from outside.',
      ].join('\n'),
    ).map((card) => card.prompt)
    expect(prompts.filter((prompt) => !prompt.includes('called'))).toEqual([
      'What are Labels?',
      'What is EKS?',
      'What is Kubernetes?',
      'What is Ingress?',
    ])
  })

  it('hides the term where its own definition names it', () => {
    const [, back] = cardsFrom('- **Pod**: a Pod is the smallest unit; pods share an address.')
    expect(back?.prompt).toBe('What is this called: a … is the smallest unit; … share an address?')
  })

  it('asks in the words of the directives, reading on from them', () => {
    const cards = cardsFrom(
      [
        '<!-- ask: What does a Service of type {term} do? -->',
        '<!-- ask-back: Which Service type {answer}? -->',
        '- **NodePort**: Opens the same port on every node.',
        '- **ExternalName**: Kubernetes-wide alias for a host. It is a Kubernetes matter.',
      ].join('\n'),
    )
    expect(cards.map((card) => card.prompt)).toEqual([
      'What does a Service of type NodePort do?',
      'Which Service type opens the same port on every node?',
      'What does a Service of type ExternalName do?',
      'Which Service type Kubernetes-wide alias for a host?',
    ])
  })

  it('makes no card that a directive switches off', () => {
    const backOff = '<!-- ask-back: none -->\n- **Pod**: the smallest unit.'
    expect(cardsFrom(backOff).map((card) => card.prompt)).toEqual(['What is Pod?'])
    expect(cardsFrom('<!-- cards: none -->\n- **Pod**: the smallest unit.')).toEqual([])
  })

  it('takes a footnote as the explanation, in place of further sentences', () => {
    const [front] = cardsFrom(
      '- **Tiller**: the part of Helm in the cluster.[^now] More.\n\n[^now]: Gone since *Helm 3*.',
    )
    expect(front?.explanation).toBe('Gone since *Helm 3*.')
  })

  it('ends the first sentence where it ends, not at abbreviations or dots in code', () => {
    const [front] = cardsFrom(
      '- **chart**: files, e.g. `Chart.yaml`. and No. 5, approx. 3.5 MB. Next sentence.',
    )
    expect(front?.answer).toBe('Files, e.g. `Chart.yaml`. and No. 5, approx. 3.5 MB')
    expect(front?.explanation).toBe('Next sentence.')
  })

  it('leaves remarks and prose alone', () => {
    expect(
      cardsFrom('**Note**: read this first.\n\nA **bold** word: in a sentence.\n\n- **Only bold**'),
    ).toEqual([])
  })

  it('is switched off by the front matter', () => {
    expect(cardsFrom('---\nrules: { definitions: off }\n---\n\n- **Pod**: the smallest unit.')).toEqual([])
  })
})
