import type { Identity } from '../../../src/core/learner.ts'
import type { Surroundings } from '../../../src/core/surroundings.ts'

/** One platform with its bot, and a way between them that can fail. */
export interface End extends AsyncDisposable {
  /** What goes wrong on the way, from when on, and how often it has. */
  readonly way: { isReliable: boolean; readonly troubles: number }
  /** A process takes over the bot; it knows nothing of what the one before has received. */
  startBot(surroundings: Surroundings, currentUpdate: () => string | undefined): Promise<void>
  /** The process ends; what is under way is finished. */
  stopBot(): Promise<void>
  /** Cuts the connection on which updates come, where there is one to cut. */
  disturb(): void
  person(name: string): Person
  /** The texts of all that the bot has sent in answer to an update, whether or not it got there. */
  saidTo(updateId: string): readonly string[]
  /** Calls that the platform has refused, but for those that only say that they were made before. */
  readonly refused: readonly string[]
}

/** A person on a platform. */
export interface Person {
  readonly identity: Identity
  /** The data of the buttons that they see now, in order. */
  buttons(): readonly string[]
  /** Asks for the next card by the command. */
  review(): Sent
  /** Presses a button that they see, or have seen. */
  press(data: string): Sent
  /** The text of what the bot has shown last. */
  seen(): string
}

/** What has been sent to the bot. */
export interface Sent {
  readonly updateId: string
  /** The platform hands it to the bot once more. */
  repeat(): void
}
