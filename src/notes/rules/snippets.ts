import { type FactDraft, PLAIN_CARD } from '../fact.ts'
import { codeSpan } from '../inline.ts'
import { blocksWithin, type Code, type Section } from '../tree.ts'
import type { WordCase } from '../wording.ts'
import { dockerGaps } from './dockerGaps.ts'
import { flagGaps } from './flagGaps.ts'
import { poolsOf } from './pools.ts'
import type { Rule } from './rule.ts'
import { isShell } from './shell.ts'
import type { SnippetGap } from './snippetGap.ts'
import { yamlGaps } from './yamlGaps.ts'

/** More gaps in one snippet ask for its details, not for what it shows. */
const MOST_GAPS = 4

/**
 * A block of YAML, JSON, shell or Dockerfile lines.
 *
 * Cards: a line with one value blanked. Only values that mean something beyond the example: the `apiVersion`
 * of a kind of object, the kind itself, well-known ports, options of a command that a comment explains, and
 * whatever carries a comment of its own. Names and counts of the example are left alone.
 */
export const snippets: Rule = {
  name: 'snippets',
  facts(section, scope) {
    const facts: FactDraft[] = []
    for (const block of blocksWithin(section.blocks)) {
      if (block.kind !== 'code' || block.directives.cards === 'none') continue
      for (const gap of gapsOf(block, section, scope.words).slice(0, MOST_GAPS))
        facts.push(factOf(gap, block, section))
    }
    return facts
  },
}

function gapsOf({ language, text }: Code, section: Section, words: WordCase): SnippetGap[] {
  if (/^(?:ya?ml|jsonc?)$/.test(language)) return yamlGaps(text, section)
  if (/^(?:dockerfile|docker|containerfile)$/.test(language)) return dockerGaps(text, words)
  return isShell(language) ? flagGaps(text, words) : []
}

function factOf(gap: SnippetGap, block: Code, section: Section): FactDraft {
  // The fence itself is the block's first line.
  const line = block.line + 1 + gap.lineInBlock
  return {
    rule: 'snippets',
    about: gap.about,
    anchor: null,
    line,
    context: section.path,
    explanation: gap.explanation,
    cards: [
      {
        ...PLAIN_CARD,
        side: 'front',
        kind: 'cloze',
        prompt: gap.prompt,
        answer: codeSpan(gap.value),
        pools: poolsOf(section, block, gap.kind),
        line,
      },
    ],
  }
}
