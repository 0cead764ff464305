import type { FactDraft } from '../fact.ts'
import type { LocalFinding } from '../finding.ts'
import type { RuleName } from '../ruleName.ts'
import type { Phrase, Section } from '../tree.ts'
import type { WordCase } from '../wording.ts'

/** One way of finding facts. A rule sees one section at a time and never another rule's facts. */
export interface Rule {
  readonly name: RuleName
  /** Gaps marked in the text, such as `==word==`, are left in; the other rules see the text without the marks. */
  readonly seesMarks?: true
  facts(section: Section, scope: Scope): FactDraft[]
}

/** What a rule may know beyond its section. */
export interface Scope {
  readonly words: WordCase
  /** What the whole file is about; null when it does not say. */
  readonly title: string | null
  /** The text of the footnotes a phrase refers to, as Markdown; empty when it refers to none. */
  footnoteText(phrase: Phrase): string
  report(finding: LocalFinding): void
}
