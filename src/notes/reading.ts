import type { LocalFinding } from './finding.ts'
import type { Phrase } from './tree.ts'

/** What a reader carries along while it turns one piece of a file into blocks. */
export interface Reading {
  /** Lines of the file before this piece. */
  readonly lineOffset: number
  /** Filled with the footnotes found on the way. */
  readonly footnotes: Map<string, Phrase>
  report(finding: LocalFinding): void
}
