import { describe, expect, it } from 'vitest'
import { brief, cardsFrom } from '../building.ts'

const prompts = (markdown: string): string[] => cardsFrom(markdown).map(({ prompt }) => prompt)

describe('steps', () => {
  it('asks for the first step and for what comes after each', () => {
    const cards = cardsFrom(
      'The four steps to an overlay network are:\n\n1. one namespace\n2. two namespaces\n3. several nodes\n4. one on top\n',
    )
    expect(cards.map(brief)).toEqual([
      'basic: Name the four steps to an overlay network. → One namespace, two namespaces, several nodes and one on top',
      'choice: What is the first of the four steps to an overlay network? → One namespace',
      'basic: Of the four steps to an overlay network, which comes after “one namespace”? → Two namespaces',
      'basic: Of the four steps to an overlay network, which comes after “two namespaces”? → Several nodes',
      'basic: Of the four steps to an overlay network, which comes after “several nodes”? → One on top',
    ])
    expect(cards[1]?.wrong).toEqual(['Two namespaces', 'Several nodes', 'One on top'])
  })

  const items = '1. write the manifest\n2. check it twice\n3. send it to the server\n'
  it.each([
    ['To add a node to the cluster:', 'What is the first step to add a node to the cluster?'],
    [
      'So to get to an overlay network you can go this way:',
      'What is the first step to get to an overlay network?',
    ],
    ['How to add a node:', 'What is the first step to add a node?'],
    ['The three phases of mitosis were, in order:', 'What is the first of the three phases of mitosis?'],
    ['Here are the steps for a release:', 'What is the first of the steps for a release?'],
  ])('reads "%s"', (lead, prompt) => {
    expect(prompts(`## Notes\n\n${lead}\n\n${items}`)).toContain(prompt)
  })

  it.each([
    ['## How to undo a commit\n\n', 'What is the next step to undo a commit after “check it twice”?'],
    ['## Installing Helm\n\n', 'What is the next step of installing Helm after “check it twice”?'],
    ['## Installation steps\n\n', 'Installation steps: what is the next step after “check it twice”?'],
  ])('reads the heading of "%s"', (heading, prompt) => {
    const orders = '1. run the installer\n2. check it twice\n3. remove the archive\n'
    expect(prompts(heading + orders)).toContain(prompt)
  })

  it('reads items that are numbered as steps, without their numbers', () => {
    const cards = cardsFrom(
      '## Overlay\n\n- Step 1) one namespace\n- Step 2) two of them\n- Step 3) a bridge\n',
    )
    expect(cards.map(brief)).toEqual([
      'basic: Overlay: what is the first step? → One namespace',
      'basic: Overlay: what is the next step after “one namespace”? → Two of them',
      'basic: Overlay: what is the next step after “two of them”? → A bridge',
    ])
  })

  it('does not ask for a how-to as a list too', () => {
    expect(prompts(`To add a node:\n\n${items}`)).toHaveLength(3)
  })

  it.each([
    ['lists that only count', 'The three providers are:\n\n1. GKE\n2. EKS\n3. AKS\n'],
    ['lists under a common heading', '## Providers\n\n1. GKE\n2. EKS\n3. AKS\n'],
    [
      'two steps, since the list asks for them',
      'The two steps to a cluster are:\n\n1. image it\n2. join it\n',
    ],
    ['lists without order', 'The three steps to a cluster are:\n\n- image it\n- join it\n- use it\n'],
    [
      'a list that its sentence counts otherwise',
      'The four steps to a cluster are:\n\n1. image\n2. join\n3. use\n',
    ],
    ['long items', `## How to talk\n\n1. ${'say '.repeat(40)}\n2. listen\n3. leave\n`],
    ['steps that come twice', '## How to talk\n\n1. listen\n2. speak\n3. listen\n'],
    ['what "it" points to', 'To do this:\n\n1. listen\n2. speak\n3. leave\n'],
  ])('leaves alone %s', (_, markdown) => {
    expect(prompts(markdown).filter((prompt) => /first|after|next/.test(prompt))).toEqual([])
  })

  it('is switched off by a directive and by the front matter', () => {
    const list = `The three steps to a release are:\n\n${items}`
    expect(prompts(`<!-- cards: none -->\n${list}`)).toEqual([])
    expect(prompts(`---\nrules: { steps: off }\n---\n\n${list}`)).toEqual([
      'Name the three steps to a release.',
    ])
  })
})
