import { createServer, request } from 'node:http'
import { connect } from 'node:net'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Receiving } from '../../../../src/adapters/discord/transport/gateway.ts'
import { startEndpoint } from '../../../../src/adapters/discord/transport/http.ts'
import { freePort } from '../../telegram/support/freePort.ts'
import { postSigned, signatureHeaders } from '../support/endpoint.ts'
import { Setting } from './setting.ts'

const PING = { id: '1', type: 1, token: 'x', application_id: '1' }

describe('the endpoint over HTTP', () => {
  let setting: Setting
  let receiving: Receiving
  let url: string
  let handled: string[]
  let database: Promise<void>

  beforeEach(async () => {
    handled = []
    database = Promise.resolve()
    setting = await Setting.server()
    const receiver = setting.receiverOf(async (interaction) => {
      handled.push(interaction.raw.id)
      await database
      const message = { content: 'Here' }
      await interaction.respond({ kind: 'message', message, visibility: 'private' })
    })
    receiving = await setting.listen(receiver)
    url = String(setting.server.endpoint)
  })

  const command = (id = '7') => ({ ...PING, id, type: 2, data: { id: '1', name: 'review', type: 1 } })

  it('answers the ping by which Discord tries it', async () => {
    expect(await postSigned(url, PING)).toEqual({ status: 200, body: { type: 1 } })
  })

  it('answers an interaction that Discord has signed', async () => {
    const { status, body } = await postSigned(url, command())
    expect(status).toBe(200)
    expect(body).toMatchObject({ type: 4, data: { content: 'Here' } })
  })

  it.each([
    ['a signature of something else', { signature: 'ab'.repeat(64) }],
    ['no signature', { signature: null }],
    ['a signature that is not hexadecimal', { signature: 'zz'.repeat(64) }],
    ['a signature that is too short', { signature: 'abcd' }],
    ['a timestamp of six minutes ago', { timestampSeconds: Math.floor(Date.now() / 1000) - 360 }],
    ['a timestamp of six minutes ahead', { timestampSeconds: Math.floor(Date.now() / 1000) + 360 }],
    ['a timestamp that is no number', { timestampSeconds: Number.NaN }],
  ])('refuses %s with 401, and does nothing', async (_what, tampering) => {
    for (const payload of [PING, command()]) {
      expect((await postSigned(url, payload, tampering)).status).toBe(401)
    }
    expect(handled).toEqual([])
  })

  it('refuses a body that was changed on its way', async () => {
    const headers = signatureHeaders(JSON.stringify(command('7')))
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(command('8')) })
    expect(response.status).toBe(401)
    expect(handled).toEqual([])
  })

  it('refuses what has no timestamp', async () => {
    const { 'x-signature-timestamp': _left, ...headers } = signatureHeaders('{}')
    expect((await fetch(url, { method: 'POST', headers, body: '{}' })).status).toBe(401)
  })

  it('refuses a body of more than 1 MB, though signed', async () => {
    const posting = postSigned(url, { ...command(), padding: 'x'.repeat(2 ** 20) }).then(
      ({ status }) => status,
      () => 'cut',
    )
    expect([401, 'cut']).toContain(await posting)
    expect(handled).toEqual([])
    expect((await postSigned(url, PING)).status).toBe(200)
  })

  it('takes a post that was signed four minutes ago', async () => {
    const timestampSeconds = Math.floor(Date.now() / 1000) - 240
    expect((await postSigned(url, PING, { timestampSeconds })).status).toBe(200)
  })

  it('does nothing for a post that is sent again', async () => {
    expect((await postSigned(url, command())).status).toBe(200)
    expect(await postSigned(url, command())).toEqual({ status: 202, body: null })
    expect(handled).toEqual(['7'])
  })

  it.each(['', 'no JSON', '[]', 'null', '{"type":2}', '{"id":7,"type":2}'])(
    'refuses a signed body that is no interaction (%s)',
    async (body) => {
      expect((await postSigned(url, body)).status).toBe(400)
    },
  )

  it('takes posts only', async () => {
    expect((await fetch(url)).status).toBe(405)
  })

  it('answers 500 when the handler fails before its first response, so that the person is told', async () => {
    database = Promise.reject(new Error('no database'))
    database.catch(() => {})
    expect((await postSigned(url, command())).status).toBe(500)
    expect(setting.log).toEqual(['interaction 7: Error: no database'])
  })

  it('answers in time though the database hangs; what comes then follows by a call', async () => {
    const gate = Promise.withResolvers<void>()
    database = gate.promise
    const ann = setting.server.user()
    const act = ann.slash(ann.dm, 'review')
    await setting.time.pass(1500)
    expect((await act.responded()).kind).toBe('deferred')
    gate.resolve()
    expect((await act.shown()).content).toBe('Here')
    expect(setting.server.callsLike(/^PATCH .*@original$/)).toHaveLength(1)
  })

  it('waits until Discord knows of the first response before it refuses to give up what follows', async () => {
    const gate = Promise.withResolvers<void>()
    database = gate.promise
    const { server, time } = setting
    server.fault(/^PATCH .*@original$/, {
      kind: 'refuse',
      refusal: Object.assign(new Error('Unknown Webhook'), {
        status: 404,
        body: { message: 'Unknown Webhook', code: 10015 },
      }) as never,
    })
    const ann = server.user()
    const act = ann.slash(ann.dm, 'review')
    await time.pass(1500)
    gate.resolve()
    await time.pass(100)
    expect((await act.shown()).content).toBe('Here')
  })

  it('says so when somebody hangs up before the answer', async () => {
    const gate = Promise.withResolvers<void>()
    database = gate.promise
    const body = JSON.stringify(command())
    const post = request(url, { method: 'POST', headers: signatureHeaders(body) })
    post.on('error', () => {})
    post.end(body)
    await expect.poll(() => handled).toEqual(['7'])
    post.destroy()
    await new Promise((resolve) => post.once('close', resolve))
    // The end of the connection has to get here before the answer is tried.
    await postSigned(url, PING)
    gate.resolve()
    await setting.receiver.settled()
    await expect.poll(() => setting.log).toEqual(['interaction 7: the answer came too late and was dropped'])
  })

  it('finishes what is under way when it is told to stop', async () => {
    const gate = Promise.withResolvers<void>()
    database = gate.promise
    const posting = postSigned(url, command())
    await expect.poll(() => handled).toEqual(['7'])
    const stopped = receiving.stop()
    gate.resolve()
    expect((await posting).status).toBe(200)
    await stopped
    await expect(postSigned(url, PING)).rejects.toThrow()
  })

  it('does not wait for a connection on which nothing comes', async () => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    await new Promise((resolve) => socket.once('connect', resolve))
    await receiving.stop()
    socket.destroy()
  })

  it('says which variable to change when the port is taken', async () => {
    const port = await freePort()
    const other = createServer().listen(port)
    const { publicKey } = setting.server
    await expect(startEndpoint(setting.receiver, { publicKey, port, now: () => new Date() })).rejects.toThrow(
      new RegExp(`^Cannot listen on port ${port} .*DISCORD_PORT`),
    )
    other.close()
  })
})
