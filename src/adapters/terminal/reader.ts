import type { Readable, Writable } from 'node:stream'

/** Where keys come from; a terminal also has `isTTY` and `setRawMode`. */
export interface TerminalInput extends Readable {
  readonly isTTY?: boolean
  setRawMode?(raw: boolean): unknown
}

/** Where lines go; a terminal also has its size and its colours. */
export interface TerminalOutput extends Writable {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
  hasColors?(): boolean
}

/** The entry for Enter, for space and for an empty line. */
export const ENTER = ''

/** What a person did. */
export type Entry =
  /** A key, a whole line, or {@link ENTER}. */
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'end' }

/** Reads what a person types, one entry at a time, and keeps what comes before it is asked for. */
export interface Reader {
  /** One key press; where there are no single keys, a line. */
  key(): Promise<Entry>
  /** One line, edited by the person, after `prompt`. */
  line(prompt: string): Promise<Entry>
  /** Gives the streams back as they were. */
  close(): void
}
