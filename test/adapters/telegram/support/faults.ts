import type { ResponseParameters } from 'grammy/types'
import { Refusal } from './refusal.ts'

/** What goes wrong with a call. */
export type Fault =
  | { readonly kind: 'refuse'; readonly refusal: Refusal }
  /** The connection ends without an answer; `taken`: after the call took effect. */
  | { readonly kind: 'cut'; readonly taken: boolean }
  /** No answer until released; then the call takes effect. */
  | Hang

export interface Hang {
  readonly kind: 'hang'
  readonly released: Promise<void>
  release(): void
}

/** Flood control: 429 with the seconds to wait. */
export function tooManyRequests(retryAfterSeconds: number): Fault {
  return refused(429, `Too Many Requests: retry after ${retryAfterSeconds}`, {
    retry_after: retryAfterSeconds,
  })
}

export function serverError(code = 500): Fault {
  return refused(code, code === 502 ? 'Bad Gateway' : 'Internal Server Error')
}

/** Any other error of Telegram's, such as 401 "Unauthorized". */
export function refused(code: number, description: string, parameters?: ResponseParameters): Fault {
  return { kind: 'refuse', refusal: new Refusal(code, description, parameters) }
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
  readonly #ordered: { readonly method: string; readonly fault: Fault; times: number }[] = []

  /** The next `times` calls of `method` go wrong. */
  order(method: string, fault: Fault, times = 1): void {
    this.#ordered.push({ method, fault, times })
  }

  /** The fault for a call that has just come in, if one was ordered. */
  take(method: string): Fault | null {
    const index = this.#ordered.findIndex((order) => order.method === method)
    const order = this.#ordered[index]
    if (order === undefined) return null
    order.times--
    if (order.times <= 0) this.#ordered.splice(index, 1)
    return order.fault
  }
}
