import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** A way to the database that can be cut, or can swallow everything. */
export async function startProxy(target: URL) {
  const sockets = new Set<Socket>()
  let isHanging = false
  const server: Server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    }
    client.on('data', (data) => !isHanging && upstream.write(data)).on('close', () => upstream.destroy())
    upstream.on('data', (data) => !isHanging && client.write(data)).on('close', () => client.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? String(address.port) : ''
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: Object.assign(new URL(target.href), { hostname: '127.0.0.1', port }).href,
    cut,
    hang: () => {
      isHanging = true
    },
    heal: () => {
      isHanging = false
    },
    close: () => {
      cut()
      server.close()
    },
  }
}
