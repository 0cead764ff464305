import type { Deck } from '../../src/core/card.ts'
import { sampleCard } from './sampleDeck.ts'

/** One card of each kind to study, and a deck that is large enough for a quiz. */
export const STUDY_DECKS: readonly Deck[] = [
  {
    id: 'nodes',
    title: 'Nodes',
    cards: [
      sampleCard({
        id: 'flash',
        prompt: 'What runs `kubelet`?',
        answer: 'Every node',
        explanation: 'As an agent.',
      }),
      sampleCard({
        id: 'pick',
        kind: 'choice',
        prompt: 'Who schedules?',
        answer: 'scheduler',
        wrong: ['proxy', 'kubelet', 'etcd'],
      }),
      sampleCard({ id: 'write', kind: 'typed', prompt: 'Which agent runs on each node?', answer: 'kubelet' }),
    ],
  },
  {
    id: 'helm',
    title: 'Helm',
    cards: Array.from({ length: 14 }, (_, index) =>
      sampleCard({
        id: `helm-${index}`,
        kind: 'choice',
        prompt: `Which command is number ${index}?`,
        answer: `right ${index}`,
        wrong: [`wrong a${index}`, `wrong b${index}`, `wrong c${index}`],
        explanation: `Because of ${index}.`,
      }),
    ),
  },
]
