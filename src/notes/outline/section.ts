import type { LocalFinding } from '../finding.ts'
import { type Block, type Item, NO_DIRECTIVES, type Paragraph } from '../tree.ts'
import { type Group, tidy } from './groups.ts'
import type { Heading } from './headings.ts'
import { leadIn } from './leads.ts'
import {
  addParagraph,
  addText,
  beginsList,
  closedList,
  continues,
  isCutBefore,
  type OpenList,
  readList,
} from './lists.ts'
import { blocksOf } from './paragraphs.ts'
import { itemPhrase } from './phrase.ts'
import { isReminder } from './reminders.ts'
import { readTable } from './tables.ts'

/** "Step 1) Single network namespace": a heading that is a step of the section above it. */
const STEP = /^step\s+\d+\s*[).:–-]?\s+(?=\S)/i

interface Step {
  readonly heading: Heading
  readonly content: OpenSection
}

/** What stands under one heading while it is read, group by group. */
export class OpenSection {
  readonly #heading: string
  readonly #depth: number
  readonly #blocks: Block[] = []
  readonly #steps: Step[] = []
  #list: OpenList | null = null

  /**
   * @param heading its text; empty before the first heading
   * @param depth of the heading, 0 before the first
   */
  constructor(heading: string, depth: number) {
    this.#heading = heading
    this.#depth = depth
  }

  /** Adds lines that are no heading. */
  add(group: Group, series: readonly (readonly string[])[], report: (finding: LocalFinding) => void): void {
    const step = this.#steps.at(-1)
    if (step !== undefined) {
      step.content.add(group, series, report)
      return
    }
    if (this.#list !== null) {
      if (this.#goesOn(this.#list, group)) return
      this.#closeList()
    }
    if (beginsList(group)) {
      this.#list = readList(group, null)
      return
    }
    const table = readTable(group, series, report)
    if (table !== null) this.#blocks.push(table)
    else this.#blocks.push(...this.#read(group))
  }

  /** Tells whether a heading is a step of this section: directly below its own, and named "Step 2". */
  takesStep(heading: Heading): boolean {
    return STEP.test(heading.text) && heading.depth === this.#depth + 1
  }

  /** Adds a heading that is a step; what follows until the next one belongs to it. */
  addStep(heading: Heading): void {
    this.#steps.push({ heading, content: new OpenSection(heading.text, heading.depth) })
  }

  /** Ends the section. */
  close(): Block[] {
    this.#closeList()
    const [first] = this.#steps
    if (first !== undefined) {
      const lead = this.#takeLead(this.#steps.length)
      const items = this.#steps.map(({ heading, content }): Item => {
        const { line, text } = heading
        // Where a sentence says what the steps are for, their numbers say nothing.
        const phrase = itemPhrase(lead === null ? text : text.replace(STEP, ''), line)
        return { line, phrase, blocks: content.close() }
      })
      const { line } = first.heading
      this.#blocks.push({ kind: 'list', line, directives: NO_DIRECTIVES, ordered: true, lead, items })
    }
    return this.#blocks
  }

  /** A list may begin in the lines of a paragraph: the sentence that leads to it stands directly above. */
  #read(group: Group): Block[] {
    const at = group.findIndex((line, index) => index > 0 && beginsList([line]))
    const [head, ...rest] = at < 0 ? group : group.slice(0, at)
    if (head === undefined) return []
    const place = { heading: this.#heading, isFirst: this.#blocks.length === 0 }
    const blocks = blocksOf([head, ...rest], place)
    const [marked, ...others] = at < 0 ? [] : group.slice(at)
    if (marked !== undefined) this.#list = readList([marked, ...others], null)
    return blocks
  }

  /** Adds lines to a list above them, if they belong to it. */
  #goesOn(list: OpenList, group: Group): boolean {
    const text = group.map((line) => tidy(line.text)).join(' ')
    if (!beginsList(group) && isCutBefore(list, text)) addText(list, text)
    else if (!continues(group, list)) return false
    else if (beginsList(group)) readList(group, list)
    else addParagraph(list, group)
    return true
  }

  #closeList(): void {
    if (this.#list === null) return
    const open = this.#list
    this.#list = null
    const items = open.items.filter(({ text }) => !isReminder(text))
    if (items.length > 0) this.#blocks.push(closedList({ ...open, items }, this.#takeLead(items.length)))
  }

  /** The sentence above a list as its lead; it takes the place of what it was read from, so that both are one. */
  #takeLead(items: number): Paragraph | null {
    const found = leadIn(this.#blocks.at(-1), items, this.#heading)
    if (found === null) return null
    this.#blocks.splice(-1, 1, ...(found.rest === null ? [] : [found.rest]), found.lead)
    return found.lead
  }
}
