import { describeFailure, isBlocked, isNotAllowed } from './transport/failures.ts'

/** A group that something is written to by the clock; its name, where it is known. */
export interface Addressee {
  readonly chatId: string
  readonly placeName: string | null
}

/** A failure to write there in words that say what to do, where somebody can do something. */
export function explained(error: unknown, { placeName, chatId }: Addressee): unknown {
  const where = `the Telegram group ${placeName === null ? chatId : `"${placeName}" (${chatId})`}`
  const why = `(${describeFailure(error)})`
  if (isBlocked(error)) {
    return new Error(`I am not in ${where} any more: add me again, or end what I post there ${why}`)
  }
  if (isNotAllowed(error)) {
    return new Error(`I may not send messages and polls in ${where}: an admin can allow it ${why}`)
  }
  return error
}
