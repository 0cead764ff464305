import { describe, expect, it } from 'vitest'
import { build, said } from '../building.ts'

const FIRST = '- **Ace**: one.\n\n'
const heard = (notes: string): string[] => build({ 'a.md': notes }).findings.map(said)

describe('a fault in the markup', () => {
  it.each<[string, string, string]>([
    [
      'a row with more cells than columns',
      `${FIRST}| | A | B |\n|-|-|-|\n| x | 1 | 2 | 3 |\n`,
      '5: warning: this row has 4 cells, its table 3 columns: write “\\|” for a “|” that belongs to a cell, or give the column a heading',
    ],
    [
      'a row with fewer cells',
      `${FIRST}| | A | B |\n|-|-|-|\n| y | 1 | 2 |\n| x | 1 |\n`,
      '6: warning: this row has 2 cells, its table 3 columns: add the others, empty where there is nothing to say',
    ],
    [
      'a table whose line of dashes does not fit',
      `${FIRST}| | A | B |\n|---|---|\n| x | 1 | 2 |\n`,
      '3: warning: this is read as text, not as a table: its header has 3 columns, the line of dashes 2. Make them equal',
    ],
    [
      'a question that a footnote swallows',
      `${FIRST}Text[^n]\n\n[^n]: A note.\nQ: Who?\nA: Me\n`,
      '6: warning: this question belongs to the footnote [^n] above and makes no card: put a blank line between them',
    ],
  ])('is reported: %s', (_, notes, finding) => {
    expect(heard(notes)).toEqual([`notes/a.md:${finding}`])
  })

  it.each<[string, string, string]>([
    [
      'code block',
      '```sh\n# more\nls\n',
      '3: error: this code block is never closed, so that all below is code',
    ],
    ['code block of tildes', '~~~~\n~~~\n', '3: error: this code block is never closed'],
    [
      'comment',
      '<!-- ask: What?\n\n- **Bee**: two.\n',
      '3: error: this comment is never closed, so that all',
    ],
  ])('leaves the file out when a %s is never closed, and no other file', (_, open, finding) => {
    const first = build({ 'a.md': `${FIRST}Q: Two?\nA: 2\n`, 'b.md': 'Q: B?\nA: b\n' })
    const second = build({ 'a.md': `${FIRST}${open}`, 'b.md': 'Q: B?\nA: bb\n' }, first.all)
    expect(second.findings.map(said)).toEqual([expect.stringContaining(`notes/a.md:${finding}`)])
    expect(second.files.map(({ path }) => path)).toEqual(['decks/b.yaml'])
    expect(second.changes.retired).toEqual([])
  })

  it('is none where a fence ends with its list, or three dashes open no front matter', () => {
    expect(heard(`${FIRST}- step:\n\n  \`\`\`sh\n  ls\n\nMore.\n`)).toEqual([])
    expect(heard(`---\n\n${FIRST}`)).toEqual([])
    expect(heard(`${FIRST}a | b\nand more | of it\n`)).toEqual([])
  })

  it('leaves the file out when its front matter is never closed', () => {
    expect(heard(`---\ntitle: A\n\n${FIRST}`)).toEqual([
      'notes/a.md:1: error: the front matter is never closed: write "---" on a line of its own below it',
    ])
  })

  it('is told of an empty file', () => {
    expect(heard('\n \n')).toEqual([
      'notes/a.md:1: warning: the file is empty: write notes in it, or delete it',
    ])
  })
})
