import { describe, expect, it } from 'vitest'
import { DiscordApi } from '../../../../src/adapters/discord/transport/api.ts'
import {
  describeFailure,
  isAlreadyAcknowledged,
  isChannelGone,
  isDirectMessageRefused,
  isForbidden,
  isInteractionGone,
  isMessageGone,
  isPassing,
  isTokenExpired,
  isUnknownBot,
} from '../../../../src/adapters/discord/transport/failures.ts'
import { freePort } from '../../telegram/support/freePort.ts'
import { connectionCut, hang, refused, serverError } from '../support/faults.ts'
import { Setting } from './setting.ts'

const CHECKS = {
  isAlreadyAcknowledged,
  isChannelGone,
  isDirectMessageRefused,
  isForbidden,
  isInteractionGone,
  isMessageGone,
  isPassing,
  isTokenExpired,
  isUnknownBot,
}

/** The checks that an error meets. */
function met(error: unknown): string[] {
  return Object.entries(CHECKS).flatMap(([name, check]) => (check(error) ? [name] : []))
}

/** The failure of a call that Discord answers like this. */
async function failureOf(status: number, code: number, message: string, more?: Record<string, unknown>) {
  const { api, server } = await Setting.server()
  server.fault(/./, refused(status, code, message, more), 9)
  return thrownBy(api.send('1000000000000000007', { content: 'my secret notes' }))
}

async function thrownBy(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => {
      throw new Error('it did not fail')
    },
    (error: unknown) => error,
  )
}

describe('a failure of Discord’s', () => {
  it.each([
    [404, 10003, 'Unknown Channel', ['isChannelGone']],
    [404, 10008, 'Unknown Message', ['isMessageGone']],
    [404, 10015, 'Unknown Webhook', ['isTokenExpired']],
    [404, 10062, 'Unknown interaction', ['isInteractionGone', 'isTokenExpired']],
    [400, 40060, 'Interaction has already been acknowledged.', ['isAlreadyAcknowledged']],
    [403, 50001, 'Missing Access', ['isForbidden']],
    [403, 50013, 'Missing Permissions', ['isForbidden']],
    [403, 50007, 'Cannot send messages to this user', ['isDirectMessageRefused']],
    [401, 50027, 'Invalid Webhook Token', ['isTokenExpired']],
    [401, 0, '401: Unauthorized', ['isUnknownBot']],
    [500, 0, 'Internal Server Error', ['isPassing']],
    [400, 50035, 'Invalid Form Body', []],
  ])('%i %i is told from others', async (status, code, message, checks) => {
    expect(met(await failureOf(status, code, message))).toEqual(checks)
  })

  it('passes where the network fails', async () => {
    const { api, server } = await Setting.server()
    server.fault(/applications/, connectionCut({ taken: false }), 9)
    expect(met(await thrownBy(api.application()))).toEqual(['isPassing'])
    const apiRoot = `http://127.0.0.1:${await freePort()}/api`
    const nowhere = new DiscordApi({ token: server.token, apiRoot, pauseMs: 1 })
    expect(met(await thrownBy(nowhere.application()))).toEqual(['isPassing'])
  })

  it('passes where no answer comes in time', async () => {
    const { server } = await Setting.server()
    const { token, apiRoot } = server
    const slow = hang()
    server.fault(/applications/, slow, 3)
    const api = new DiscordApi({ token, apiRoot, timeoutMs: 20, pauseMs: 1 })
    expect(met(await thrownBy(api.application()))).toEqual(['isPassing'])
    slow.release()
  })
})

describe('a failure in the log', () => {
  it('is one line with the call and Discord’s code', async () => {
    expect(describeFailure(await failureOf(403, 50013, 'Missing Permissions'))).toBe(
      'POST /channels/1000000000000000007/messages: 50013 Missing Permissions',
    )
  })

  it('names the fields that Discord did not take, and none of what is in them', async () => {
    const errors = { components: { 0: { label: { _errors: [{ code: 'TOO_LONG', message: '"secret"' }] } } } }
    expect(describeFailure(await failureOf(400, 50035, 'Invalid Form Body', { errors }))).toBe(
      'POST /channels/1000000000000000007/messages: 50035 Invalid Form Body (components[0].label TOO_LONG)',
    )
  })

  it('has no token of an interaction', async () => {
    const { api, server } = await Setting.server()
    const ann = server.user()
    const { payload } = ann.slash(ann.dm, 'review').interaction
    for (const call of [
      () => api.editOriginal(payload, { content: 'secret' }),
      () => api.followUp(payload, { content: 'secret' }, 'private'),
      () => api.respond({ ...payload, id: '12' }, { type: 6 }),
    ]) {
      const line = describeFailure(await thrownBy(call()))
      expect(line).toMatch(/^(POST|PATCH) \/(webhooks|interactions)\/\d+\/….*: 100\d\d Unknown/)
      expect(line).not.toContain(payload.token)
      expect(line).not.toContain('secret')
    }
  })

  it('says what the server said', async () => {
    const { api, server } = await Setting.server()
    server.fault(/applications/, serverError(502), 9)
    expect(describeFailure(await thrownBy(api.application()))).toBe('GET /applications/@me: 502 Bad Gateway')
  })

  it.each([
    [new Error('no route\nParameters: secret'), 'Error: no route'],
    [new TypeError('read "my secret" of undefined'), 'TypeError: read … of undefined'],
    [new Error('get https://discord.com/api/webhooks/1/secret failed'), 'Error: get … failed'],
    [new Error('with MTAwMDAwMDAwMDAwMDAwMDAx.TESTxx.loopback-only-token-0000000'), 'Error: with …'],
    [new Error('x'.repeat(30).concat(' ').repeat(20)), /^Error: .{193}$/],
    ['secret', 'something that is no error was thrown: string'],
  ])('is harmless where the error is another (%#)', (error, line) => {
    const described = describeFailure(error)
    if (typeof line === 'string') expect(described).toBe(line)
    else expect(described).toMatch(line)
  })
})
