import type { ApiError, ResponseParameters } from 'grammy/types'

/** What Telegram answers instead of a result. */
export class Refusal extends Error {
  readonly code: number
  readonly parameters: ResponseParameters | undefined

  /** @param description with its prefix, such as "Bad Request: chat not found" */
  constructor(code: number, description: string, parameters?: ResponseParameters) {
    super(description)
    this.code = code
    this.parameters = parameters
  }

  get answer(): ApiError {
    return {
      ok: false,
      error_code: this.code,
      description: this.message,
      ...(this.parameters && { parameters: this.parameters }),
    }
  }
}

export function badRequest(description: string): Refusal {
  return new Refusal(400, `Bad Request: ${description}`)
}
