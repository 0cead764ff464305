import type { QueueFigures } from '../db/figures.ts'

/** pg-boss's words for what becomes of a job, in the order of a job's life, and a person's. */
const WORDS: Readonly<Record<string, string>> = {
  created: 'waiting',
  retry: 'to be tried again',
  active: 'under way',
  completed: 'done',
  cancelled: 'cancelled',
  failed: 'failed',
}

/** A queue in a line: "telegram.openDaily: 2 waiting, 5 done". */
export function queueLine({ queue, states }: QueueFigures): string {
  const inOrder = Object.keys({ ...WORDS, ...states }).filter((state) => (states[state] ?? 0) > 0)
  const parts = inOrder.map((state) => `${states[state]} ${WORDS[state] ?? state}`)
  return `${queue}: ${parts.join(', ') || 'empty'}`
}
