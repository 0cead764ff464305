import { Refusal } from './refusal.ts'

/** What goes wrong with a call. */
export type Fault =
  | { readonly kind: 'refuse'; readonly refusal: Refusal }
  /** The connection ends without an answer; `taken`: after the call took effect. */
  | { readonly kind: 'cut'; readonly taken: boolean }
  | Hang

/** No answer until released; then the call takes effect. */
export interface Hang {
  readonly kind: 'hang'
  readonly released: Promise<void>
  release(): void
}

/** A rate limit: 429 with the seconds to wait. */
export function tooManyRequests(retryAfterSeconds: number): Fault {
  return refused(429, 0, 'You are being rate limited.', { retry_after: retryAfterSeconds, global: false })
}

export function serverError(status = 500): Fault {
  return refused(status, 0, `${status}: Internal Server Error`)
}

/** Any other error of Discord's, such as 403, 50013 "Missing Permissions". */
export function refused(
  status: number,
  code: number,
  message: string,
  more?: Record<string, unknown>,
): Fault {
  return { kind: 'refuse', refusal: new Refusal(status, code, message, more) }
}

/** @param taken whether the call took effect before the connection was cut */
export function connectionCut({ taken }: { taken: boolean }): Fault {
  return { kind: 'cut', taken }
}

export function hang(): Hang {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { kind: 'hang', released: promise, release: resolve }
}

/** The faults ordered, first come first served. */
export class Faults {
  readonly #ordered: { readonly call: RegExp; readonly fault: Fault; times: number }[] = []

  /** The next `times` calls like `call`, as in /^POST .*messages$/, go wrong. */
  order(call: RegExp, fault: Fault, times = 1): void {
    this.#ordered.push({ call, fault, times })
  }

  /** The fault for a call that has just come in, if one was ordered. */
  take(name: string): Fault | null {
    const index = this.#ordered.findIndex(({ call }) => call.test(name))
    const order = this.#ordered[index]
    if (order === undefined) return null
    order.times--
    if (order.times <= 0) this.#ordered.splice(index, 1)
    return order.fault
  }
}
