/** SQLSTATEs of a connection that broke (class 08), or that the server ended: 57P01 to 57P05. */
const LOST_STATE = /^(08...|57P0.)$/
/** Codes of the driver and of the system. */
const LOST_CODE = /^(CONNECT|ECONN|EPIPE|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH)/

/**
 * Whether a query failed because the database did not answer, not for what was asked. What it was to write may then
 * be stored or not.
 */
export function isLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && typeof error.code === 'string') {
    return LOST_STATE.test(error.code) || LOST_CODE.test(error.code)
  }
  // Drizzle wraps what the driver threw.
  return error.cause !== undefined && isLost(error.cause)
}
