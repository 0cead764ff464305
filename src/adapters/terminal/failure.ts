/** Codes of drivers and of the system: ECONNREFUSED, 57P01. */
const CODE = /^[A-Z0-9_]{2,40}$/

/**
 * Says that a request failed, without a stack. Of the error only its code is shown: a driver's message may
 * hold an address or a password.
 */
export function failureSentence(error: unknown, canRetry: boolean): string {
  const code = codeOf(error)
  return [
    `Your cards cannot be reached right now${code === null ? '' : ` (${code})`}.`,
    ...(canRetry ? ['Enter tries again, q quits.'] : []),
    'Every answer you gave before is kept.',
  ].join(' ')
}

/** Drivers wrap the error that has the code in others. */
function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  if ('code' in error && typeof error.code === 'string' && CODE.test(error.code)) return error.code
  return codeOf(error.cause)
}
