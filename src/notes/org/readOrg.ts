import { unified } from 'unified'
import type { Headline, OrgData, Section as OrgSection, PropertyDrawer } from 'uniorg'
import uniorgParse from 'uniorg-parse'
import { appendBlocks } from '../appendBlocks.ts'
import type { LocalFinding } from '../finding.ts'
import { markdownOf, plainText } from '../inline.ts'
import type { Reading } from '../reading.ts'
import type { Block, Notes, Phrase, Section } from '../tree.ts'
import { blocksOf, lineOf, phraseIn } from './blocks.ts'
import { type Chunk, chunksOf, unclosedBlocks } from './chunks.ts'
import { readKeywords } from './keywords.ts'

/** The parser tries every one of them at every letter, so its own long list costs eight times the time. */
const LINK_TYPES = ['http', 'https', 'mailto', 'file', 'id', 'attachment']

/** Whole trees that a person put aside. */
const HIDDEN_TAGS = new Set(['ARCHIVE', 'noexport'])

/** Properties were not written for cards: those that are no id for one, such as a UUID, are passed over. */
const CARD_ID = /^[A-Za-z0-9][A-Za-z0-9-]{0,14}$/

interface OpenHeading {
  readonly level: number
  readonly phrase: Phrase
  readonly isHidden: boolean
}

/**
 * Reads Org: headings, lists, descriptions, tables, blocks, footnotes; `# ask: …` comments are directives.
 * Headings under COMMENT, :ARCHIVE: or :noexport: are left out. Never throws; what it cannot make sense of
 * stands in the findings.
 */
export function readOrg(source: string): Notes {
  const text = source.replace(/\r\n?/g, '\n')
  const findings: LocalFinding[] = []
  const report = (finding: LocalFinding): void => void findings.push(finding)
  const { title, switchedOff, todo } = readKeywords(text, report)
  const parser = unified()
    .use(uniorgParse, {
      todoKeywords: [...todo],
      useSubSuperscripts: '{}',
      linkTypes: LINK_TYPES,
      trackPosition: true,
    })
    .freeze()
  const footnotes = new Map<string, Phrase>()
  const sections: (Section & { readonly blocks: Block[] })[] = []
  const open: OpenHeading[] = []
  const tops: Phrase[] = []

  for (const chunk of chunksOf(text)) {
    const reading: Reading = { lineOffset: chunk.lineOffset, footnotes, report }
    const parsed = parse(parser, chunk, report)
    if (parsed === null) continue
    const { headline, id, content } = partsOf(parsed)
    let line = chunk.lineOffset + 1
    if (headline !== null) {
      line = lineOf(headline, reading)
      const phrase = phraseIn(headline.children, line, reading)
      while ((open.at(-1)?.level ?? 0) >= headline.level) open.pop()
      const isHidden =
        headline.commented ||
        headline.tags.some((tag) => HIDDEN_TAGS.has(tag)) ||
        open.at(-1)?.isHidden === true
      open.push({ level: headline.level, phrase, isHidden })
      if (headline.level === 1) tops.push(phrase)
    }
    if (open.at(-1)?.isHidden === true) continue
    for (const { lineIndex, name } of unclosedBlocks(chunk.text)) {
      const message = `#+begin_${name} is never closed, so it is read as text: write #+end_${name} below it`
      report({ level: 'warning', line: chunk.lineOffset + lineIndex + 1, rule: 'unclosed', message })
    }
    const blocks = blocksOf(content, reading)
    const last = sections.at(-1)
    if (headline === null && last !== undefined) {
      appendBlocks(last.blocks, blocks, chunk.isInList)
    } else {
      const anchor = headline === null ? null : (open.at(-1)?.phrase.anchor ?? id)
      const path = open.map(({ phrase }) => markdownOf(phrase.nodes))
      sections.push({ path, line, blocks: withAnchor(blocks, anchor) })
    }
  }
  const filled = sections.filter(({ blocks }) => blocks.length > 0)
  // A single heading above all others is the deck's name.
  const [top] = tops
  const isTitled = title === null && tops.length === 1 && filled.every(({ path }) => path.length > 0)
  return {
    title: title ?? (isTitled && top !== undefined ? plainText(top.nodes) : null),
    switchedOff,
    sections: isTitled ? filled.map((section) => ({ ...section, path: section.path.slice(1) })) : filled,
    footnotes,
    findings,
  }
}

/** The parser gives up on a few odd texts; the file is then left out, so that no card is taken for deleted. */
function parse(
  parser: { parse(text: string): OrgData },
  chunk: Chunk,
  report: (finding: LocalFinding) => void,
): OrgData | null {
  try {
    // Without a line end after it, the parser trips over a line break mark.
    return parser.parse(`${chunk.text}\n`)
  } catch {
    const message = 'the Org parser cannot read the text from this heading to the next: simplify its markup'
    report({ level: 'error', line: chunk.lineOffset + 1, rule: 'file', message })
    return null
  }
}

/** The parts of a piece of Org that holds one heading at most. */
function partsOf(data: OrgData): {
  headline: Headline | null
  /** The heading's property CUSTOM_ID, else ID, if it can be a card's id. */
  id: string | null
  content: Parameters<typeof blocksOf>[0]
} {
  const section = data.children.find((node): node is OrgSection => node.type === 'section')
  const content = section === undefined ? data.children : section.children
  const headline = content.find((node): node is Headline => node.type === 'headline') ?? null
  const drawer = content.find((node): node is PropertyDrawer => node.type === 'property-drawer')
  const property = (key: string): string | undefined =>
    drawer?.children.find((node) => node.key.toUpperCase() === key)?.value.trim()
  const id = property('CUSTOM_ID') ?? property('ID') ?? ''
  return { headline, id: CARD_ID.test(id) ? id.toLowerCase() : null, content }
}

/** A heading's id is the id of the fact in the paragraph that follows it. */
function withAnchor(blocks: Block[], anchor: string | null): Block[] {
  const [first, ...rest] = blocks
  if (anchor === null || first?.kind !== 'paragraph' || first.phrase.anchor !== null) return blocks
  const named = { ...first, phrase: { ...first.phrase, anchor } }
  return [
    named,
    ...rest.map((block) => ('lead' in block && block.lead === first ? { ...block, lead: named } : block)),
  ]
}
