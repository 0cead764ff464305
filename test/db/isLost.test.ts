import { expect, test } from 'vitest'
import { isLost } from '../../src/db/isLost.ts'

const wrapped = (code: string) =>
  new Error('Failed query', { cause: Object.assign(new Error('why'), { code }) })

test.each([
  'CONNECTION_CLOSED',
  'CONNECT_TIMEOUT',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  '08006',
  '57P01',
])('a query that fails with %s has lost its connection', (code) => {
  expect(isLost(wrapped(code))).toBe(true)
})

test.each(['22003', '22P05', '23505', '40P01', '57014', 'UNDEFINED_VALUE'])(
  'a query that fails with %s was refused',
  (code) => {
    expect(isLost(wrapped(code))).toBe(false)
  },
)

test('what no driver threw has lost no connection', () => {
  expect(isLost(new RangeError('Invalid time value'))).toBe(false)
  expect(isLost('nothing')).toBe(false)
})
