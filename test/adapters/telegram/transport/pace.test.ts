import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PACE_LIMITS, Pace, type PaceClock } from '../../../../src/adapters/telegram/transport/pace.ts'

/** Time that passes when everybody waits. */
class Clock implements PaceClock {
  #now = 0
  #waiting: { readonly at: number; readonly go: () => void }[] = []
  now = () => this.#now
  wait = (milliseconds: number): Promise<void> =>
    new Promise((go) => {
      this.#waiting.push({ at: this.#now + milliseconds, go })
    })

  /** Lets time pass until `done`. */
  async until(done: Promise<unknown>): Promise<void> {
    let isDone = false
    void done.finally(() => {
      isDone = true
    })
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve))
      if (isDone) return
      this.#waiting.sort((a, b) => a.at - b.at)
      const next = this.#waiting.shift()
      if (next === undefined) throw new Error('nobody waits, and it is not done')
      this.#now = Math.max(this.#now, next.at)
      next.go()
    }
  }
}

/** Sends when it is the turn, and keeps when that was. */
function sending() {
  const clock = new Clock()
  const pace = new Pace(PACE_LIMITS, clock)
  const sent: { readonly chatId: number; readonly at: number }[] = []
  return {
    clock,
    pace,
    sent,
    send: async (chatId: number): Promise<number> => {
      const left = await pace.turn(chatId)
      if (left === 0) sent.push({ chatId, at: clock.now() })
      return left
    },
  }
}

function mostWithin(times: readonly number[], milliseconds: number): number {
  return Math.max(
    0,
    ...times.map((from) => times.filter((at) => at >= from && at < from + milliseconds).length),
  )
}

describe('what is sent by the clock', () => {
  it('uses at least 95 % of thirty a second, and never more', async () => {
    const { clock, sent, send } = sending()
    await clock.until(Promise.all(Array.from({ length: 600 }, (_, person) => send(1 + person))))
    expect(
      mostWithin(
        sent.map(({ at }) => at),
        1000,
      ),
    ).toBeLessThanOrEqual(30)
    expect(600 / (clock.now() / 1000)).toBeGreaterThanOrEqual(0.95 * 30)
  })

  it('keeps a group below twenty a minute and a person below one a second, in order, holding nobody else up', async () => {
    const { clock, sent, send } = sending()
    const group = Array.from({ length: 30 }, () => send(-100))
    const person = Array.from({ length: 5 }, () => send(7))
    await clock.until(Promise.all(person))
    expect(clock.now()).toBeLessThan(6000)
    await clock.until(Promise.all(group))
    const times = (chatId: number) => sent.filter((one) => one.chatId === chatId).map(({ at }) => at)
    expect(times(-100).slice(0, 20).at(-1)).toBeLessThan(2000)
    expect(mostWithin(times(-100), 60_000)).toBeLessThanOrEqual(20)
    expect(mostWithin(times(7), 1000)).toBe(1)
  })

  it('says how long it would take where that is too long for a job', async () => {
    const { clock, pace, send } = sending()
    pace.hold(-100, 300)
    await clock.until(
      send(-100).then((left) => {
        expect(left).toBe(300_000)
      }),
    )
    expect(clock.now()).toBe(0)
  })

  it('sends nothing to a group that is held, and nothing at all when a second chat is', async () => {
    const { clock, pace, sent, send } = sending()
    pace.hold(-100, 10)
    const held = send(-100)
    await clock.until(send(-200))
    expect(clock.now()).toBeLessThan(1000)
    pace.hold(-200, 20)
    await clock.until(Promise.all([held, send(-300), send(7)]))
    expect(sent.slice(1).every(({ at }) => at >= 20_000)).toBe(true)
  })

  it('leaves room for what people wait for', async () => {
    const { clock, pace, sent, send } = sending()
    for (let answer = 0; answer < 29; answer++) pace.note(1 + answer)
    await clock.until(send(-100))
    expect(sent[0]?.at).toBeGreaterThanOrEqual(990)
  })

  it('never sends while it is held, nor above a limit, whoever sends what', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ chatId: fc.constantFrom(-1, -2, -3, 1, 2, 3), hold: fc.nat(40) }), {
          maxLength: 80,
        }),
        async (wanted) => {
          const { clock, pace, sent, send } = sending()
          const held: { chatId: number; from: number; until: number }[] = []
          const all = wanted.map(async ({ chatId, hold }) => {
            await send(chatId)
            if (hold < 38) return
            held.push({ chatId, from: clock.now(), until: clock.now() + 3000 })
            pace.hold(chatId, 3)
          })
          await clock.until(Promise.all(all))
          for (const chatId of [-1, -2, -3, 1, 2, 3]) {
            const times = sent.filter((one) => one.chatId === chatId).map(({ at }) => at)
            expect(mostWithin(times, chatId < 0 ? 60_000 : 1000)).toBeLessThanOrEqual(chatId < 0 ? 20 : 1)
          }
          for (const { chatId, from, until } of held) {
            expect(sent.filter((one) => one.chatId === chatId && one.at > from && one.at < until)).toEqual([])
          }
        },
      ),
      { numRuns: 30 },
    )
  })
})
