import { withoutMarks } from './clozeMarks.ts'
import type { FactDraft } from './fact.ts'
import type { LocalFinding } from './finding.ts'
import { markdownOf } from './inline.ts'
import { readMarkdown } from './markdown/readMarkdown.ts'
import { readOrg } from './org/readOrg.ts'
import { readOutline } from './outline/readOutline.ts'
import { ALL_RULES } from './rules/allRules.ts'
import type { Scope } from './rules/rule.ts'
import type { Notes } from './tree.ts'
import { wordCaseOf } from './wording.ts'

const READERS: Readonly<Record<string, (text: string) => Notes>> = {
  md: readMarkdown,
  markdown: readMarkdown,
  org: readOrg,
  txt: readOutline,
}

/** The endings of files that can be read, without the dot. */
export const NOTES_ENDINGS: readonly string[] = Object.keys(READERS)

/**
 * Reads notes into the tree, by the ending of their file's name.
 *
 * @returns null when the ending is not known
 */
export function readNotes(path: string, text: string): Notes | null {
  const ending = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  return READERS[ending]?.(text) ?? null
}

/** The facts that the rules find in notes, in the order of the notes. */
export function factsOf(notes: Notes, report: (finding: LocalFinding) => void): FactDraft[] {
  const scope: Scope = {
    words: wordCaseOf(notes),
    title: notes.title,
    footnoteText: (phrase) =>
      phrase.footnotes
        .map((name) => {
          return markdownOf(notes.footnotes.get(name)?.nodes ?? [])
        })
        .filter((text) => text !== '')
        .join(' '),
    report,
  }
  const rules = ALL_RULES.filter((rule) => !notes.switchedOff.has(rule.name))
  const facts = notes.sections.flatMap((section) => {
    const plain = withoutMarks(section)
    return rules.flatMap((rule) => rule.facts(rule.seesMarks ? section : plain, scope))
  })
  // Sorting is stable: facts of one line, such as a table's row, keep their order.
  return facts.sort((a, b) => a.line - b.line)
}
