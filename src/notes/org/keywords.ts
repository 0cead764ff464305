import type { LocalFinding } from '../finding.ts'
import { RULE_NAMES, type RuleName } from '../ruleName.ts'

export interface Keywords {
  /** From `#+TITLE:`, else null. */
  readonly title: string | null
  readonly switchedOff: ReadonlySet<RuleName>
  /** What may stand before a heading and is no part of it. */
  readonly todo: readonly string[]
}

const LINE = /^#\+(\w+):[ \t]*(.*)$/
const TODO = ['TODO', 'DONE']

/**
 * Reads the `#+KEY: value` lines that concern a whole file: TITLE, RULES (`#+RULES: lists:off tables:off`) and
 * TODO. They may stand anywhere outside of blocks; other keywords are for other programs.
 */
export function readKeywords(text: string, report: (finding: LocalFinding) => void): Keywords {
  const titles: string[] = []
  const off = new Set<RuleName>()
  const todo = [...TODO]
  let block: string | null = null
  text.split('\n').forEach((line, index) => {
    const [, edge, name] = /^\s*#\+(begin|end)_(\S+)/i.exec(line) ?? []
    if (block === null && edge?.toLowerCase() === 'begin') block = name?.toLowerCase() ?? null
    else if (edge?.toLowerCase() === 'end' && name?.toLowerCase() === block) block = null
    const [, key = '', value = ''] = block === null ? (LINE.exec(line) ?? []) : []
    switch (key.toUpperCase()) {
      case 'TITLE':
        titles.push(value.trim())
        break
      case 'TODO':
      case 'SEQ_TODO':
      case 'TYP_TODO':
        // "WAIT(w@/!)": the brackets hold a shortcut.
        todo.push(...(value.match(/[^\s|()]+(?=\s|\(|$)/g) ?? []))
        break
      case 'RULES':
        for (const word of value.split(/[\s,]+/)) readRule(word, index + 1)
    }
  })
  return { title: titles.join(' ') || null, switchedOff: off, todo: [...new Set(todo)] }

  function readRule(word: string, line: number): void {
    if (word === '') return
    const [, name, state] = /^([\w-]+)[:=](on|off)$/i.exec(word) ?? []
    const rule = RULE_NAMES.find((known) => known === name?.toLowerCase())
    if (rule === undefined) {
      report({
        level: 'error',
        line,
        rule: 'front-matter',
        message: `"${word}" cannot be read: write e.g. "#+RULES: lists:off"; the rules are ${RULE_NAMES.join(', ')}`,
      })
    } else if (state?.toLowerCase() === 'off') off.add(rule)
  }
}
