import { describe, expect, it } from 'vitest'
import { isAlsoRight } from '../../src/notes/compare.ts'

describe('Answers', () => {
  it('are both right when they name the same state in other words', () => {
    expect(isAlsoRight('Supported', 'yes')).toBe(true)
    expect(isAlsoRight('No', 'not supported')).toBe(true)
    expect(isAlsoRight('In preview', 'under preview')).toBe(true)
    expect(isAlsoRight('Yes', 'No')).toBe(false)
    expect(isAlsoRight('In preview', 'In development')).toBe(false)
  })
})
