import { connect, type Socket } from 'node:net'

/** What the driver knows of the server when it wants a connection. */
export interface ServerAddress {
  readonly host: readonly string[]
  readonly port: readonly number[]
  /** Of a Unix socket. */
  readonly path?: string | false
}

/**
 * The connections to a database, by their sockets. A network that swallows packets says nothing by itself: the
 * connection stays open, half of it, and whoever waits on it waits for the system's own patience, which is a quarter of
 * an hour. The driver has no limit of its own; this finds such connections and ends them, and the driver opens others.
 */
export class Sockets {
  readonly #open = new Set<Socket>()

  /** A connection, on its way. What is written before it is there waits in it. */
  connect({ host: [host = ''], port: [port = 0], path }: ServerAddress): Socket {
    const socket = path ? connect(path) : connect(port, host)
    this.#open.add(socket)
    socket.once('close', () => this.#open.delete(socket))
    // The driver asks for it, to check the server's certificate.
    return Object.assign(socket, { host })
  }

  /**
   * Remembers how far each connection is.
   *
   * @returns ends the connections that have received nothing since then
   */
  mark(): () => void {
    const received = [...this.#open].map((socket) => ({ socket, bytes: socket.bytesRead }))
    return () => {
      for (const { socket, bytes } of received) {
        if (socket.bytesRead === bytes) socket.destroy(silence())
      }
    }
  }
}

/** With the system's code for it, so that it counts as a lost connection and not as a bad query. */
function silence(): Error {
  return Object.assign(new Error('the database has been silent for too long'), { code: 'ETIMEDOUT' })
}
