import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { difference } from '../../src/core/difference.ts'
import { escapeMarkdown } from '../../src/core/plainMarkdown.ts'
import { inlineText, parseInline } from '../../src/markup/inline.ts'

describe('the difference between what was written and what is right', () => {
  it.each([
    ['kubelt', 'kubelet', 'kubel**e**t'],
    ['kubelets', 'kubelet', 'kubelet~~s~~'],
    ['kubolet', 'kubelet', 'kub~~o~~**e**let'],
    ['a stable adress', 'a stable address', 'a stable ad**d**ress'],
    ['one node', 'each node', '~~one~~ **each** node'],
    ['the node', 'node', '~~the~~ node'],
  ])('%s for %s', (written, right, markdown) => {
    expect(difference(written, right)).toBe(markdown)
  })

  it.each([
    ['is none for what is the same but for case', 'KUBELET', 'kubelet'],
    ['is not shown for another answer', 'scheduler', 'kubelet'],
    ['is not shown for another sentence', 'no idea at all', 'a machine of the cluster'],
  ])('%s', (_, written, right) => {
    expect(difference(written, right)).toBeNull()
  })

  it('shows hostile text as it is', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', '*', '_', '~', '`', '[', '<', ' ', '\\'),
      maxLength: 12,
    })
    fc.assert(
      fc.property(text, text, (written, right) => {
        const markdown = difference(written, right)
        if (markdown === null) return
        const shown = inlineText(parseInline(markdown)).replace(/\s+/g, '')
        for (const word of right.trim().split(/\s+/)) {
          const letters = [...word.replace(/\s/g, '')]
          let at = 0
          for (const letter of shown) if (letter.toLowerCase() === letters[at]?.toLowerCase()) at++
          expect(at).toBe(letters.length)
        }
      }),
    )
  })

  it('escapes what Markdown would take for a mark', () => {
    const text = '*_[]()~>#+-=|{}.!<b>&`\\'
    expect(inlineText(parseInline(escapeMarkdown(text)))).toBe(text)
  })
})
