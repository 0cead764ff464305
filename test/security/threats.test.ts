import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'

const TEXT = await readFile('docs/security.md', 'utf8')

/** The rows of the tables of threats: what is tried, what stands against it, and where that is tested. */
const ROWS = TEXT.split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, threat]) => threat !== 'threat')

/** The tests that a cell names: a file, and the titles behind it. */
function testsIn(cell: string): { file: string; titles: string[] }[] {
  return cell.split(/;\s(?=`)/).flatMap((part) => {
    const [, file] = /^`(test\/[^`]+)`/.exec(part) ?? []
    return file === undefined
      ? []
      : [{ file, titles: [...part.matchAll(/"([^"]+)"/g)].map(([, t = '']) => t) }]
  })
}

describe('the threat model', () => {
  it('is there', () => expect(ROWS.length).toBeGreaterThan(25))

  it.each(ROWS)('%s%s: its tests exist', async (_start, _threat, stands, cell = '') => {
    expect(stands).toBeTruthy()
    const tests = testsIn(cell)
    expect(tests).not.toEqual([])
    for (const { file, titles } of tests) {
      const source = await readFile(file, 'utf8')
      for (const title of titles) expect(source).toContain(title)
    }
  })
})
