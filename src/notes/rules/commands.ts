import type { FactDraft } from '../fact.ts'
import { plainText } from '../inline.ts'
import { blocksWithin, type Code, type Item, type List, type Section } from '../tree.ts'
import { commandFact } from './commandFact.ts'
import { poolsOf } from './pools.ts'
import type { Rule, Scope } from './rule.ts'
import { commentedCommands, isShell } from './shell.ts'
import { termLine } from './term.ts'

/**
 * A list item that begins with code, "`helm repo list`: lists the chart repositories.", or a shell block in
 * which a comment stands above a command.
 *
 * Cards: what the command does, and which command does it, typed exactly. Placeholders are kept.
 */
export const commands: Rule = {
  name: 'commands',
  facts(section, scope) {
    const facts: FactDraft[] = []
    for (const block of blocksWithin(section.blocks)) {
      if (block.directives.cards === 'none') continue
      if (block.kind === 'list')
        for (const item of block.items) facts.push(...fromItem(item, block, section, scope))
      if (block.kind === 'code' && isShell(block.language)) facts.push(...fromShell(block, section, scope))
    }
    return facts
  },
}

function fromItem({ phrase }: Item, list: List, section: Section, scope: Scope): FactDraft[] {
  const line = phrase === null ? null : termLine(phrase.nodes)
  if (phrase === null || line === null || !line.isCode) return []
  const fact = commandFact(
    {
      rule: 'commands',
      code: plainText(line.term),
      aliases: line.aliases,
      meaning: line.meaning,
      footnote: scope.footnoteText(phrase),
      anchor: phrase.anchor,
      line: phrase.line,
      directives: list.directives,
      context: section.path,
      pools: (what) => poolsOf(section, list, what),
    },
    scope,
  )
  return [fact]
}

function fromShell(block: Code, section: Section, scope: Scope): FactDraft[] {
  return commentedCommands(block.text).map(({ comment, command, lineInBlock }) =>
    commandFact(
      {
        rule: 'commands',
        code: command,
        aliases: [],
        meaning: [{ type: 'text', value: comment }],
        footnote: '',
        anchor: null,
        // The fence itself is the block's first line.
        line: block.line + 1 + lineInBlock,
        directives: block.directives,
        context: section.path,
        pools: (what) => poolsOf(section, block, what),
      },
      scope,
    ),
  )
}
