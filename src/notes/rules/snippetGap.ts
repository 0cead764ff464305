/** A value of a snippet that is worth asking for. */
export interface SnippetGap {
  /** The prompt, with `[…]` where the value stands. */
  readonly prompt: string
  /** The value, without backticks. */
  readonly value: string
  readonly explanation: string
  /** What the value is of, e.g. "apiVersion of Deployment". */
  readonly about: string
  /** Counted from 0 within the block. */
  readonly lineInBlock: number
  /** Values of one kind are wrong choices for each other. */
  readonly kind: string
}
