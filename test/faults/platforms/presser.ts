import * as fc from 'fast-check'
import type { ButtonAction } from '../../../src/core/action.ts'
import { decodeAction } from '../../../src/core/actionCodec.ts'
import type { Person, Sent } from './end.ts'

const OFTEN: readonly string[] = ['study', 'show', 'grade', 'choose']
const SELDOM: readonly string[] = ['regrade', 'undo']

/** The bot leaves out what is more, and is slow for a while: that would be another test. */
const AT_ONCE = 2

const seldomLate = fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.nat({ max: 6 }))

/** What a person does next, and how the platform delivers it. */
export const step = fc.record({
  pressed: fc.oneof(
    { weight: 12, arbitrary: fc.constant('what goes on' as const) },
    { weight: 3, arbitrary: fc.constant('something else' as const) },
    { weight: 2, arbitrary: fc.constant('the same again' as const) },
    // On a screen that is gone.
    { weight: 2, arbitrary: fc.constant('what was shown before' as const) },
    { weight: 1, arbitrary: fc.constant('the command' as const) },
  ),
  /** Which of those that fit. */
  button: fc.nat({ max: 50 }),
  /** How many steps later it is delivered, and delivered again. */
  delaysSteps: fc
    .tuple(seldomLate, fc.array(fc.nat({ max: 6 }), { maxLength: 2 }))
    .map(([first, again]) => [first, ...again]),
  /** Where it stands among what is delivered in the same step. */
  rank: fc.nat(),
  /** The next step does not wait for what the bot makes of this one. */
  hurries: fc.oneof({ weight: 7, arbitrary: fc.constant(false) }, fc.constant(true)),
})

export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Something that a person did once, however often it is delivered. */
export class Press {
  /** Null: the command. */
  readonly data: string | null
  readonly #person: Person
  #sent: Sent | null = null

  constructor(person: Person, data: string | null) {
    this.#person = person
    this.data = data
  }

  get action(): ButtonAction | null {
    return this.data === null ? null : decodeAction(this.data)
  }

  /** It has not been delivered yet. */
  get isNew(): boolean {
    return this.#sent === null
  }

  /** Empty until it is delivered. */
  get updateId(): string {
    return this.#sent?.updateId ?? ''
  }

  /** Delivers it, or delivers it once more. */
  deliver(): void {
    if (this.#sent !== null) this.#sent.repeat()
    else this.#sent = this.data === null ? this.#person.review() : this.#person.press(this.data)
  }
}

/** Presses what a script says; what is delivered late comes with later steps. */
export class Presser {
  readonly person: Person
  /** All that was delivered at least once, in that order. */
  readonly presses: Press[] = []
  deliveries = 0
  readonly #untilDealtWith: (updateId: string) => Promise<void>
  /** The data of all buttons that were ever shown. */
  readonly #shown = new Set<string>()
  #isHurrying = false
  #coming: { readonly press: Press; readonly rank: number; inSteps: number }[] = []

  constructor(person: Person, untilDealtWith: (updateId: string) => Promise<void>) {
    this.person = person
    this.#untilDealtWith = untilDealtWith
  }

  async take({ pressed, button, delaysSteps, rank, hurries }: Step): Promise<void> {
    const press = new Press(this.person, this.#choose(pressed, button))
    this.#coming.push(...delaysSteps.map((inSteps) => ({ press, rank, inSteps })))
    const due = this.#coming.filter(({ inSteps }) => inSteps <= 0)
    const [fresh = [], again = []] = [true, false].map((is) => due.filter((one) => one.press.isNew === is))
    // With something new, so that there is something to wait for.
    const delivered = fresh.length === 0 ? [] : [...fresh, ...again].slice(0, AT_ONCE)
    this.#coming = this.#coming.filter((one) => !delivered.includes(one))
    for (const one of this.#coming) one.inSteps--
    for (const one of delivered.sort((a, b) => a.rank - b.rank)) this.#deliver(one.press)
    this.#isHurrying = hurries && !this.#isHurrying
    if (!this.#isHurrying) await this.settled()
  }

  /** Waits until the bot has dealt with all that was delivered. */
  async settled(): Promise<void> {
    await Promise.all(this.presses.map(({ updateId }) => this.#untilDealtWith(updateId)))
  }

  /** Asks for the next card, and waits for it. */
  async goOn(): Promise<void> {
    this.#deliver(new Press(this.person, null))
    await this.settled()
  }

  #deliver(press: Press): void {
    if (press.isNew) this.presses.push(press)
    press.deliver()
    this.deliveries++
  }

  #choose(pressed: Step['pressed'], button: number): string | null {
    const buttons = this.person.buttons()
    for (const data of buttons) this.#shown.add(data)
    const among = (found: readonly string[]) => found[button % (found.length || 1)] ?? null
    const like = (kinds: readonly string[], from: Iterable<string>) =>
      [...from].filter((data) => kinds.includes(decodeAction(data)?.kind ?? ''))
    switch (pressed) {
      case 'what goes on':
        return among(like(OFTEN, buttons))
      case 'something else':
        return among(like(SELDOM, buttons))
      case 'the same again':
        return this.presses.at(-1)?.data ?? null
      case 'what was shown before':
        return among(like([...OFTEN, ...SELDOM], this.#shown))
      case 'the command':
        return null
    }
  }
}
