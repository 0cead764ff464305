import { parseDocument } from 'yaml'
import { z } from 'zod'
import type { LocalFinding } from '../finding.ts'
import { RULE_NAMES, type RuleName } from '../ruleName.ts'

const onOff = z.union([z.boolean(), z.literal('on'), z.literal('off')])
const schema = z.object({
  title: z.coerce.string().optional(),
  rules: z.partialRecord(z.enum(RULE_NAMES), onOff).optional(),
})

export interface FrontMatter {
  readonly title: string | null
  readonly switchedOff: ReadonlySet<RuleName>
}

export const NO_FRONT_MATTER: FrontMatter = { title: null, switchedOff: new Set() }

/**
 * Reads the YAML between the `---` lines at the top of notes. Keys that mean nothing here are left to the
 * other programs they were written for.
 *
 * @param line the line of the first `---`
 */
export function readFrontMatter(
  yaml: string,
  line: number,
  report: (finding: LocalFinding) => void,
): FrontMatter {
  const document = parseDocument(yaml)
  const [fault] = document.errors
  if (fault !== undefined) {
    const at = line + (fault.linePos?.[0].line ?? 1)
    const [reason] = fault.message.split(' at line ')
    report({
      level: 'error',
      line: at,
      rule: 'front-matter',
      message: `the front matter is no YAML: ${reason}. Text with a colon needs quotes`,
    })
    return NO_FRONT_MATTER
  }
  const parsed = schema.safeParse(document.toJS() ?? {})
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const where = issue?.path.join('.') ?? ''
    const hint = where.startsWith('rules')
      ? `write e.g. "rules: { lists: off }"; the rules are ${RULE_NAMES.join(', ')}`
      : 'write the title as text'
    report({
      level: 'error',
      line,
      rule: 'front-matter',
      message: `"${where || 'the front matter'}" cannot be read (${issue?.message ?? 'not understood'}): ${hint}`,
    })
    return NO_FRONT_MATTER
  }
  const { title, rules = {} } = parsed.data
  const off = RULE_NAMES.filter((name) => rules[name] === false || rules[name] === 'off')
  return { title: title ?? null, switchedOff: new Set(off) }
}

/**
 * How many lines the front matter takes, with its two lines of dashes; 0 when there is none.
 *
 * @param report is told of front matter that is never closed
 */
export function frontMatterLines(lines: readonly string[], report: (finding: LocalFinding) => void): number {
  const isFence = (line: string | undefined): boolean => line?.trimEnd() === '---'
  if (!isFence(lines[0])) return 0
  const end = lines.findIndex((line, index) => index > 0 && isFence(line))
  if (end < 0 && /^\w+:/.test(lines[1] ?? '')) {
    const message = 'the front matter is never closed: write "---" on a line of its own below it'
    report({ level: 'error', line: 1, rule: 'front-matter', message })
  }
  return end + 1
}
