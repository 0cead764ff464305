import { setTimeout as delay } from 'node:timers/promises'
import type { Transformer } from 'grammy'
import type { ApiError } from 'grammy/types'

/** So many in so much time. */
export interface Share {
  readonly messages: number
  readonly milliseconds: number
}

/** What may be sent without being refused. */
export interface PaceLimits {
  /** In all chats together; these are spread evenly. */
  readonly overall: Share
  /** In one group. */
  readonly group: Share
  /** To one person. */
  readonly person: Share
}

/**
 * Telegram's own figures are 30 a second, 20 a minute in a group and one a second to a person. The network brings what
 * was sent apart a little closer together, or further apart: that is what is left of them here.
 */
export const PACE_LIMITS: PaceLimits = {
  overall: { messages: 29, milliseconds: 1000 },
  group: { messages: 20, milliseconds: 61_000 },
  person: { messages: 1, milliseconds: 1040 },
}

/** Time in milliseconds, and waiting for it; tests have their own. */
export interface PaceClock {
  now(): number
  wait(milliseconds: number): Promise<void>
}

const CLOCK: PaceClock = { now: () => performance.now(), wait: (milliseconds) => delay(milliseconds) }

/** Whoever would have to wait longer is told so instead: a job has its time, and is tried again. */
const LONGEST_WAIT_MS = 50_000

/** More chats than this are looked through for those that have been quiet. */
const CHATS_KEPT = 1000

interface ChatPace {
  /** When the latest messages went there, oldest first. */
  sent: number[]
  heldUntil: number
  /** Whoever waits for this chat waits for this one before. */
  tail: Promise<unknown>
  waiting: number
}

/**
 * Keeps what is sent by the clock within Telegram's limits, and lets nothing go while Telegram wants to be left alone.
 * What people wait for is counted, and does not wait. It knows of this process only: where several send, Telegram's
 * refusals bring them into step.
 */
export class Pace {
  readonly #limits: PaceLimits
  readonly #clock: PaceClock
  readonly #chats = new Map<number, ChatPace>()
  readonly #intervalMs: number
  #nextAt = 0
  #heldUntil = 0

  constructor(limits: PaceLimits = PACE_LIMITS, clock: PaceClock = CLOCK) {
    this.#limits = limits
    this.#clock = clock
    this.#intervalMs = limits.overall.milliseconds / limits.overall.messages
  }

  /**
   * Waits until something may be sent to a chat. Those who wait for one chat go in the order they came.
   *
   * @returns 0; or, where that would take too long, how many milliseconds are left
   */
  async turn(chatId: number): Promise<number> {
    const chat = this.#chat(chatId)
    const giveUpAt = this.#clock.now() + LONGEST_WAIT_MS
    chat.waiting++
    const turn = chat.tail.then(() => this.#wait(shareOf(chatId, this.#limits), chat, giveUpAt))
    chat.tail = turn
    try {
      return await turn
    } finally {
      chat.waiting--
    }
  }

  /** Counts a message that did not wait. */
  note(chatId: number): void {
    const now = this.#clock.now()
    this.#nextAt = Math.max(now, this.#nextAt) + this.#intervalMs
    this.#keep(this.#chat(chatId), shareOf(chatId, this.#limits), now)
  }

  /**
   * Telegram has refused a message and wants to be left alone. It does not say whether that is about the chat or about
   * all: about one group it is as a rule, which has its own share; it is not when a person's one message is too many,
   * or a second group's.
   */
  hold(chatId: number, seconds: number): void {
    const now = this.#clock.now()
    const until = now + seconds * 1000
    const chat = this.#chat(chatId)
    chat.heldUntil = Math.max(chat.heldUntil, until)
    const others = [...this.#chats].some(([id, { heldUntil }]) => id !== chatId && heldUntil > now)
    if (!isGroup(chatId) || others) this.#heldUntil = Math.max(this.#heldUntil, until)
  }

  async #wait(share: Share, chat: ChatPace, giveUpAt: number): Promise<number> {
    for (;;) {
      const now = this.#clock.now()
      const ownAt = Math.max(freeAt(chat, share, now), this.#heldUntil)
      if (ownAt > giveUpAt) return ownAt - now
      if (ownAt > now) {
        await this.#clock.wait(ownAt - now)
        continue
      }
      // Only who could go now takes a place in the line of all: others would leave gaps in it.
      const at = Math.max(now, this.#nextAt)
      this.#nextAt = at + this.#intervalMs
      if (at > now) await this.#clock.wait(at - now)
      const after = this.#clock.now()
      if (Math.max(chat.heldUntil, this.#heldUntil) > after) continue
      this.#keep(chat, share, after)
      return 0
    }
  }

  #keep(chat: ChatPace, { messages }: Share, at: number): void {
    chat.sent = [...chat.sent, at].slice(-messages)
  }

  #chat(chatId: number): ChatPace {
    const known = this.#chats.get(chatId)
    if (known !== undefined) return known
    if (this.#chats.size >= CHATS_KEPT) this.#forgetQuiet()
    const chat = { sent: [], heldUntil: 0, tail: Promise.resolve(), waiting: 0 }
    this.#chats.set(chatId, chat)
    return chat
  }

  #forgetQuiet(): void {
    const now = this.#clock.now()
    for (const [id, { sent, heldUntil, waiting }] of this.#chats) {
      const isQuiet = (sent.at(-1) ?? 0) + shareOf(id, this.#limits).milliseconds <= now
      if (waiting === 0 && heldUntil <= now && isQuiet) this.#chats.delete(id)
    }
  }
}

/** Makes calls wait for their turn, or only be counted; either way a refusal is heeded. */
export function paced(pace: Pace, waits: boolean): Transformer {
  return async (previous, method, payload, signal) => {
    const chatId = Number((payload as { chat_id?: number | string } | undefined)?.chat_id)
    if (!COUNTED.test(method) || !Number.isSafeInteger(chatId)) return previous(method, payload, signal)
    // An edit counts as a message in a group only.
    const isCounted = isGroup(chatId) || method.startsWith('send')
    if (isCounted && waits) {
      const seconds = Math.ceil((await pace.turn(chatId)) / 1000)
      if (seconds > 0) return tooMany(seconds)
    } else if (isCounted) pace.note(chatId)
    const response = await previous(method, payload, signal)
    if (!response.ok && response.error_code === 429) pace.hold(chatId, response.parameters?.retry_after ?? 1)
    return response
  }
}

/** What Telegram would say. */
function tooMany(seconds: number): ApiError {
  const description = `Too Many Requests: retry after ${seconds}`
  return { ok: false, error_code: 429, description, parameters: { retry_after: seconds } }
}

/** What Telegram counts as a message; "is typing" is none. */
const COUNTED = /^(?:send(?!ChatAction)|copy|forward|edit|stopPoll)/

function isGroup(chatId: number): boolean {
  return chatId < 0
}

function shareOf(chatId: number, { group, person }: PaceLimits): Share {
  return isGroup(chatId) ? group : person
}

/** When the chat has had less than its share. */
function freeAt({ sent, heldUntil }: ChatPace, { messages, milliseconds }: Share, now: number): number {
  const oldest = sent.length < messages ? null : (sent.at(-messages) ?? null)
  return Math.max(now, heldUntil, oldest === null ? now : oldest + milliseconds)
}
