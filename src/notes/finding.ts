/** Something the build has to say about the notes or a card: an error fails the build, a warning is printed. */
export interface Finding {
  readonly level: 'error' | 'warning'
  readonly file: string
  /** Counted from 1. */
  readonly line: number
  /** The check that found it, e.g. `duplicate-prompt`. */
  readonly rule: string
  /** What is wrong, with the value, and what to do about it. */
  readonly message: string
}

/** A finding before it is known which file it belongs to. */
export type LocalFinding = Omit<Finding, 'file'>

/** Orders findings by file, then line, then rule, so that the same notes always give the same list. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) =>
      compareText(a.file, b.file) ||
      a.line - b.line ||
      compareText(a.rule, b.rule) ||
      compareText(a.message, b.message),
  )
}

/** Compares by code unit, since a locale's order may differ from machine to machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
