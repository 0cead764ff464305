import type { LocalFinding } from '../finding.ts'
import { markdownOf } from '../inline.ts'
import { type FrontMatter, NO_FRONT_MATTER, readFrontMatter } from '../markdown/frontMatter.ts'
import type { Notes, Section } from '../tree.ts'
import { isCommand } from './commandLine.ts'
import { seriesIn } from './flatTable.ts'
import { type Group, groupsOf, tidy } from './groups.ts'
import { type Heading, headingOf } from './headings.ts'
import { OpenSection } from './section.ts'

const TITLE_WORDS = 10

/**
 * Reads a plain-text outline: numbered or underlined headings, bullets, numbered lists, commands, and tables as
 * far as their columns can be told apart. Front matter as in Markdown. Never throws; what it cannot make sense
 * of stands in the findings.
 */
export function readOutline(source: string): Notes {
  const findings: LocalFinding[] = []
  const report = (finding: LocalFinding): void => void findings.push(finding)
  const lines = source.replace(/\r\n?/g, '\n').split('\n')
  const frontMatter = takeFrontMatter(lines, report)
  const groups = groupsOf(lines)
  const series = seriesIn(lines.join('\n'))
  const title = titleOf(groups)
  if (title !== null) groups.shift()

  const sections: Section[] = []
  const open: Heading[] = []
  let numbers: readonly number[] = []
  let line = 1
  let section = new OpenSection('', 0)
  const close = (): void => {
    const blocks = section.close()
    const path = open.map(({ text }) => markdownOf([{ type: 'text', value: text }]))
    if (blocks.length > 0) sections.push({ path, line, blocks })
  }
  for (const group of groups) {
    const heading = headingOf(group, numbers)
    if (heading === null) {
      section.add(group, series, report)
      continue
    }
    if (heading.numbers.length > 0) numbers = heading.numbers
    if (section.takesStep(heading)) {
      section.addStep(heading)
      continue
    }
    close()
    while ((open.at(-1)?.depth ?? 0) >= heading.depth) open.pop()
    open.push(heading)
    line = heading.line
    section = new OpenSection(heading.text, heading.depth)
  }
  close()
  return {
    title: frontMatter.title ?? title,
    switchedOff: frontMatter.switchedOff,
    sections,
    footnotes: new Map(),
    findings,
  }
}

/** Reads the YAML between `---` lines at the top, and leaves blank lines in its place. */
function takeFrontMatter(lines: string[], report: (finding: LocalFinding) => void): FrontMatter {
  const end =
    lines[0]?.trimEnd() === '---' ? lines.findIndex((line, at) => at > 0 && line.trimEnd() === '---') : -1
  if (end < 0) return NO_FRONT_MATTER
  const yaml = lines.slice(1, end).join('\n')
  lines.fill('', 0, end + 1)
  return readFrontMatter(yaml, 1, report)
}

/** A short line at the top that stands by itself and is neither a heading nor a sentence. */
function titleOf([first, second]: readonly Group[]): string | null {
  if (first === undefined || second === undefined || first.length > 1) return null
  const text = tidy(first[0].text)
  const isPlain =
    /^[\p{L}\p{N}]/u.test(text) &&
    !/[.:;,?!]$/.test(text) &&
    headingOf(first, []) === null &&
    !isCommand(text)
  return isPlain && text.split(' ').length <= TITLE_WORDS ? text : null
}
