import type { Card, Deck } from '../../src/core/card.ts'

/** A card with everything but what a test is about filled in. */
export function sampleCard(parts: Partial<Card> & Pick<Card, 'id'>): Card {
  return {
    factId: parts.id,
    kind: 'basic',
    prompt: `What is ${parts.id}?`,
    answer: `The answer to ${parts.id}`,
    accept: [],
    wrong: [],
    context: [],
    explanation: '',
    source: { file: 'notes/sample.md', line: 1 },
    ...parts,
  }
}

/** One card of each kind, in the order they are introduced. */
export const SAMPLE_DECK: Deck = {
  id: 'helm',
  title: 'Helm',
  cards: [
    sampleCard({
      id: 'install',
      prompt: 'What does `helm install` do?',
      answer: 'Installs a **chart** as a new release',
      explanation: 'The release gets a name of its own, so the same chart can be installed many times.',
      context: ['Helm', 'Commands'],
      source: { file: 'decks/notes/helm.md', line: 12 },
    }),
    sampleCard({
      id: 'values',
      kind: 'choice',
      prompt: 'Which file holds the values a chart is configured with?',
      answer: '`values.yaml`',
      wrong: ['`Chart.yaml`', '`config.yaml`', '`templates.yaml`'],
      context: ['Helm', 'Charts'],
      source: { file: 'decks/notes/helm.md', line: 30 },
    }),
    sampleCard({
      id: 'upgrade',
      kind: 'typed',
      prompt: 'Which command brings a release to a new version of its chart?',
      answer: '`helm upgrade`',
      accept: ['`helm upgrade <release> <chart>`'],
      context: ['Helm', 'Commands'],
      source: { file: 'decks/notes/helm.md', line: 18 },
    }),
    sampleCard({
      id: 'chart',
      kind: 'cloze',
      prompt: 'A […] packs the manifests of an application with their default values.',
      answer: 'chart',
      context: ['Helm', 'Charts'],
      source: { file: 'decks/notes/helm.md', line: 25 },
    }),
  ],
}
