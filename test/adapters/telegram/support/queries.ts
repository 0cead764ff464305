import { badRequest } from './refusal.ts'

/** What a person sees after a press. */
export interface Toast {
  /** Empty: nothing is shown. */
  readonly text: string
  readonly showAlert: boolean
}

/** The presses that Telegram waits for an answer to. */
export class Queries {
  readonly #answers = new Map<string, Toast | 'open' | 'too old'>()

  open(id: string): void {
    this.#answers.set(id, 'open')
  }

  /** Telegram keeps them for some seconds only: none of those open can be answered any more. */
  growOld(): void {
    for (const [id, answer] of this.#answers) if (answer === 'open') this.#answers.set(id, 'too old')
  }

  /** @throws Refusal when there is no such query, or it is too old, or answered already */
  answer(id: string, toast: Toast): void {
    if (this.#answers.get(id) !== 'open') {
      throw badRequest('query is too old and response timeout expired or query ID is invalid')
    }
    this.#answers.set(id, toast)
  }

  /** @returns null as long as there is none */
  answerTo(id: string): Toast | null {
    const answer = this.#answers.get(id)
    return typeof answer === 'object' ? answer : null
  }
}
