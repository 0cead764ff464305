import { type Block, type Item, type List, NO_DIRECTIVES } from '../tree.ts'
import { type Group, indentOf, markedLine, tidy } from './groups.ts'
import { joinedTerms, termBeforeThis } from './joinedTerms.ts'
import { itemPhrase, plainPhrase } from './phrase.ts'
import { sayingParagraph } from './saying.ts'

/** What can be named from memory, in characters; the rule for lists takes no longer items. */
const SHORT_ITEM = 60

/** A list while it is read: lines may still be added to its last item. */
export interface OpenList {
  readonly line: number
  readonly ordered: boolean
  readonly indent: number
  readonly items: OpenItem[]
}

interface OpenItem {
  readonly line: number
  text: string
  readonly lists: OpenList[]
  /** Indented paragraphs below the item. */
  readonly paragraphs: { line: number; text: string }[]
}

/** Tells whether a group of lines begins a list. */
export function beginsList(group: Group): boolean {
  return markedLine(group[0].text) !== null
}

/**
 * Adds a group of lines to a list, or begins one.
 *
 * @param open the list directly above, if there is one
 * @returns the list the lines are in, and whether it is the one given
 */
export function readList(group: Group, open: OpenList | null): OpenList {
  let root = open
  for (const { text, number } of group) {
    const marked = markedLine(text)
    if (marked === null) {
      const item = root === null ? null : deepest(root)
      if (item !== null) item.text = `${item.text} ${tidy(text)}`
      continue
    }
    const item: OpenItem = { line: number, text: tidy(marked.text), lists: [], paragraphs: [] }
    const list = { line: number, ordered: marked.ordered, indent: marked.indent, items: [item] }
    if (root === null) root = list
    else placeFor(root, marked.indent, list)
  }
  return root ?? { line: group[0].number, ordered: false, indent: 0, items: [] }
}

/** Tells whether a group goes on with a list above it: by its bullets, or as lines indented below an item. */
export function continues(group: Group, list: OpenList): boolean {
  const marked = markedLine(group[0].text)
  if (marked === null) return indentOf(group[0].text) > list.indent + 1
  if (marked.indent > list.indent) return true
  // Numbers that begin anew begin another list.
  return marked.indent === list.indent && marked.ordered === list.ordered && marked.ordinal !== 1
}

/** Puts a paragraph below the last item of a list. */
export function addParagraph(list: OpenList, group: Group): void {
  const text = group.map((line) => tidy(line.text)).join('\n')
  deepest(list).paragraphs.push({ line: group[0].number, text })
}

/** Tells whether the last item stops in the middle of a sentence that a paragraph with a small letter goes on with. */
export function isCutBefore(list: OpenList, text: string): boolean {
  const above = deepest(list).text
  const open = (above.match(/\(/g) ?? []).length > (above.match(/\)/g) ?? []).length
  return /^\p{Ll}/u.test(text) && (open || above.endsWith(','))
}

/** Adds text to the last item. */
export function addText(list: OpenList, text: string): void {
  const item = deepest(list)
  item.text = `${item.text} ${text}`
}

function placeFor(root: OpenList, indent: number, list: OpenList): void {
  let into = root
  for (;;) {
    const inner = into.items.at(-1)?.lists.at(-1)
    if (inner === undefined || indent < inner.indent) break
    into = inner
  }
  if (indent > into.indent) into.items.at(-1)?.lists.push(list)
  else into.items.push(...list.items)
}

function deepest(list: OpenList): OpenItem {
  const item = list.items.at(-1) ?? { line: list.line, text: '', lists: [], paragraphs: [] }
  const inner = item.lists.at(-1)
  return inner === undefined ? item : deepest(inner)
}

/** The list as the rules know it. */
export function closedList(open: OpenList, lead: List['lead']): List {
  const { items } = open
  const terms = joinedTerms(items.map(({ text }) => text))
  return {
    kind: 'list',
    line: open.line,
    directives: NO_DIRECTIVES,
    ordered: open.ordered,
    lead,
    items: items.map((item, index): Item => {
      const { line, text } = item
      const saying = terms?.[index] ?? termBeforeThis(text)
      if (saying !== null) {
        return {
          line,
          phrase: plainPhrase(saying.term, line),
          blocks: [sayingParagraph(saying, line), ...blocksIn(item)],
        }
      }
      const [short, remark] = withoutRemark(text)
      const below =
        remark === '' ? item : { ...item, paragraphs: [{ line, text: remark }, ...item.paragraphs] }
      const phrase = itemPhrase(short, line)
      return { line, phrase: phrase.nodes.length === 0 ? null : phrase, blocks: blocksIn(below) }
    }),
  }
}

/** "LoadBalancer (works with the load balancer of the cloud provider)": a long remark stands beside the item. */
function withoutRemark(text: string): [string, string] {
  const match = /^(.{2,60}?)[,\s]+\(([^()]*)\)\.?$/.exec(text)
  return match === null || text.length <= SHORT_ITEM ? [text, ''] : [match[1] ?? '', match[2] ?? '']
}

function blocksIn({ lists, paragraphs }: OpenItem): Block[] {
  const below = [
    ...lists.map((list): Block => closedList(list, null)),
    ...paragraphs.map(({ line, text }): Block => {
      return { kind: 'paragraph', line, directives: NO_DIRECTIVES, phrase: plainPhrase(text, line) }
    }),
  ]
  return below.sort((a, b) => a.line - b.line)
}
