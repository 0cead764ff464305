/** What Discord answers instead of a result. */
export class Refusal extends Error {
  readonly status: number
  readonly code: number
  /** What else the answer holds, such as `retry_after`. */
  readonly more: Readonly<Record<string, unknown>>

  constructor(status: number, code: number, message: string, more: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.status = status
    this.code = code
    this.more = more
  }

  get body(): object {
    return { message: this.message, code: this.code, ...this.more }
  }
}

export const unknownChannel = () => new Refusal(404, 10003, 'Unknown Channel')
export const unknownMessage = () => new Refusal(404, 10008, 'Unknown Message')
export const unknownWebhook = () => new Refusal(404, 10015, 'Unknown Webhook')
export const unknownInteraction = () => new Refusal(404, 10062, 'Unknown interaction')
export const invalidToken = () => new Refusal(401, 50027, 'Invalid Webhook Token')
export const alreadyAcknowledged = () => new Refusal(400, 40060, 'Interaction has already been acknowledged.')

/**
 * A body that breaks a limit.
 *
 * @param path of the field, as in "data.components.0.label"
 */
export function invalidForm(path: string, message: string): Refusal {
  const leaf = { _errors: [{ code: 'TEST_SERVER', message }] }
  const errors = path
    .split('.')
    .filter((part) => part !== '')
    .reduceRight<object>((inner, part) => ({ [part]: inner }), leaf)
  return new Refusal(400, 50035, 'Invalid Form Body', { errors })
}
