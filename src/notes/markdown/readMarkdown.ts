import type { Heading, Root, RootContent } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { type Processor, unified } from 'unified'
import { visit } from 'unist-util-visit'
import { phraseOf } from '../anchor.ts'
import { appendBlocks } from '../appendBlocks.ts'
import type { LocalFinding } from '../finding.ts'
import { markdownOf, plainText } from '../inline.ts'
import type { Block, Notes, Phrase, Section } from '../tree.ts'
import { blocksOf } from './blocks.ts'
import { type ChunkSizes, chunksOf } from './chunks.ts'
import { reportUnclosed } from './faults.ts'
import { frontMatterLines, NO_FRONT_MATTER, readFrontMatter } from './frontMatter.ts'

type OpenSection = Section & { readonly blocks: Block[] }

const parser = unified().use(remarkParse).use(remarkGfm).use(withoutSecondLook).freeze()

/** The tokenizer finds bare addresses; walking through all text once more for those it missed takes long. */
function withoutSecondLook(this: Processor): void {
  const data = this.data()
  data.fromMarkdownExtensions = (data.fromMarkdownExtensions ?? [])
    .flat()
    .map(({ transforms: _, ...extension }) => extension)
}

/**
 * Reads Markdown: CommonMark with GFM tables and footnotes, YAML front matter, and directives in comments.
 * Never throws; what it cannot make sense of stands in the findings.
 *
 * @param sizes into which it is cut for the parser; makes no difference to what is read
 */
export function readMarkdown(text: string, sizes?: ChunkSizes): Notes {
  const findings: LocalFinding[] = []
  const report = (finding: LocalFinding): void => void findings.push(finding)
  const footnotes = new Map<string, Phrase>()
  const sections: Section[] = []
  const headings: Heading[] = []
  let firstTitle: string | null = null

  let section: OpenSection = { path: [], line: 1, blocks: [] }
  const close = (): void => {
    if (section.blocks.length > 0) sections.push(section)
  }
  const lines = text.split(/\r\n?|\n/)
  const first = frontMatterLines(lines, report)
  const frontMatter =
    first === 0 ? NO_FRONT_MATTER : readFrontMatter(lines.slice(1, first - 1).join('\n'), 1, report)
  const { chunks, unclosed } = chunksOf(lines, first, sizes)
  if (unclosed !== null) reportUnclosed(unclosed, report)
  for (const chunk of chunks) {
    const lineOf = (node: RootContent): number => (node.position?.start.line ?? 1) + chunk.lineOffset
    let pending: RootContent[] = []
    let { isInList } = chunk
    const fill = (): void => {
      const blocks = blocksOf(pending, { lineOffset: chunk.lineOffset, footnotes, report })
      appendBlocks(section.blocks, blocks, isInList)
      pending = []
      isInList = false
    }
    const tree = parser.parse(chunk.text)
    if (chunk.text.includes(']:')) inlineLinks(tree)
    for (const node of tree.children) {
      const line = lineOf(node)
      if (line < chunk.firstLine || line > chunk.lastLine) continue
      if (node.type !== 'heading') pending.push(node)
      else {
        fill()
        close()
        if (node.depth === 1 && firstTitle === null && sections.length === 0 && headings.length === 0) {
          firstTitle = plainText(phraseOf(node.children, line).nodes)
        } else {
          while (headings.length > 0 && (headings.at(-1)?.depth ?? 0) >= node.depth) headings.pop()
          headings.push(node)
        }
        section = { path: headings.map(headingText), line, blocks: [] }
      }
    }
    fill()
  }
  close()
  return {
    title: frontMatter.title ?? firstTitle,
    switchedOff: frontMatter.switchedOff,
    sections,
    footnotes,
    findings,
  }
}

/** Turns links to a target that is defined elsewhere into links of their own, since cards stand alone. */
function inlineLinks(tree: Root): void {
  const urls = new Map<string, string>()
  visit(tree, 'definition', ({ identifier, url }) => {
    if (!urls.has(identifier)) urls.set(identifier, url)
  })
  if (urls.size === 0) return
  visit(tree, 'linkReference', (node, index, parent) => {
    const url = urls.get(node.identifier)
    if (url === undefined || parent === undefined || index === undefined) return
    parent.children[index] = { type: 'link', url, children: node.children }
  })
}

function headingText(heading: Heading): string {
  return markdownOf(phraseOf(heading.children, 0).nodes)
}
