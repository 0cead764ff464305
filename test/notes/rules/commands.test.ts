import { describe, expect, it } from 'vitest'
import { brief, cardsFrom } from '../building.ts'

const AKS = '`az aks get-credentials --resource-group $' + '{RG} --name $' + '{cluster}`'

describe('commands', () => {
  it('asks what a command does and which command does it', () => {
    const cards = cardsFrom(
      '- `helm repo list`: lists the chart repositories you added. They are kept locally.',
    )
    expect(cards.map(brief)).toEqual([
      'basic: What does `helm repo list` do? → Lists the chart repositories you added',
      'typed: Which command lists the chart repositories you added? → `helm repo list`',
    ])
    expect(cards[0]?.explanation).toBe('They are kept locally.')
  })

  it('keeps placeholders as they are', () => {
    const cards = cardsFrom(
      [`- ${AKS}: connects kubectl.`, '- `helm rollback RELEASE [REVISION]`: brings a release back.'].join(
        '\n',
      ),
    )
    expect(cards.map((card) => card.answer)).toContain(AKS)
    expect(cards.map((card) => card.answer)).toContain('`helm rollback RELEASE [REVISION]`')
  })

  it('reads comments above commands in shell blocks', () => {
    const cards = cardsFrom(
      [
        '```sh',
        '#!/bin/sh',
        '# list the pods',
        '# of every namespace',
        '$ kubectl get pods \\',
        '    --all-namespaces',
        '',
        'kubectl version',
        '# these two together set things up',
        'helm repo add x',
        'helm install y',
        '# the nodes of the cluster',
        'kubectl get nodes',
        '```',
      ].join('\n'),
    ).filter(({ kind }) => kind !== 'cloze')
    expect(cards.map(brief)).toEqual([
      'basic: What does `kubectl get pods --all-namespaces` do? → List the pods of every namespace',
      'typed: Which command do you use to list the pods of every namespace? → `kubectl get pods --all-namespaces`',
      'basic: What is `kubectl get nodes`? → The nodes of the cluster',
      'typed: Which command is this: the nodes of the cluster? → `kubectl get nodes`',
    ])
    expect(cards.map((card) => card.source.line)).toEqual([3, 3, 12, 12])
  })

  it('leaves blocks in other languages alone', () => {
    expect(cardsFrom('```python\n# list things\nprint(1)\n```')).toEqual([])
  })

  it('calls options, files and names what they are', () => {
    const prompts = cardsFrom(
      [
        '- `--all-namespaces`: lists objects of every namespace.',
        '- `values.yaml`: holds the default values.',
        '- `targetPort`: the port on the Pod.',
      ].join('\n'),
    ).map((card) => card.prompt)
    expect(prompts).toEqual([
      'What does `--all-namespaces` do?',
      'Which option lists objects of every namespace?',
      'What does `values.yaml` do?',
      'Which file holds the default values?',
      'What is `targetPort`?',
      'Which name is this: the port on the Pod?',
    ])
  })

  it('offers other commands as wrong choices, never an explanation', () => {
    const cards = cardsFrom(
      [
        '- `helm repo list`: lists repositories.',
        '- `helm repo add`: adds a repository.',
        '- `helm repo update`: fetches the newest chart lists.',
        '- `helm list`: lists releases.',
        '- **chart**: a package.',
      ].join('\n'),
    )
    const back = cards.find((card) => card.answer === '`helm repo list`')
    expect([...(back?.wrong ?? [])].sort()).toEqual(['`helm list`', '`helm repo add`', '`helm repo update`'])
  })
})
