import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../src/app/main.ts', import.meta.url))
const START_PATIENCE_MS = 90_000

/** What the process says of itself at one of its paths. */
export interface OpsReply {
  readonly status: number
  readonly text: string
}

/** `deckhand start` as a process of its own. */
export class Service {
  readonly #process: ChildProcess
  readonly #port: number
  readonly #exit: Promise<unknown[]>
  /** All that it wrote to its output and its errors. */
  output = ''

  private constructor(env: Readonly<Record<string, string>>, port: number) {
    this.#port = port
    this.#process = spawn(process.execPath, [MAIN, 'start'], {
      env: { PATH: process.env.PATH ?? '', DECKHAND_PORT: String(port), DECKHAND_LOG: 'json', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#exit = once(this.#process, 'exit')
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on('data', (data) => {
        this.output += data
      })
    }
  }

  /** Starts one and waits until it is ready. */
  static async start(env: Readonly<Record<string, string>>): Promise<Service> {
    const service = new Service(env, await freePort())
    await service.until('the process is ready', async () => (await service.ask('/readyz')).status === 200)
    return service
  }

  /** Lines of the log, oldest first. */
  get log(): { readonly level: string; readonly msg: string; readonly request?: string }[] {
    return this.output
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line))
  }

  async ask(path: string): Promise<OpsReply> {
    const response = await fetch(`http://127.0.0.1:${this.#port}${path}`).catch(() => null)
    return { status: response?.status ?? 0, text: (await response?.text()) ?? '' }
  }

  /** Whether it receives from a platform. */
  async holds(platform: string): Promise<boolean> {
    return (await this.ask('/metrics')).text.includes(`deckhand_lease_held{platform="${platform}"} 1`)
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.#exit
  }

  /** Tells it to end; gives the exit code. */
  async stop(): Promise<number | null> {
    this.#process.kill('SIGTERM')
    await this.#exit
    return this.#process.exitCode
  }

  async until(
    what: string,
    look: () => Promise<boolean> | boolean,
    patienceMs = START_PATIENCE_MS,
  ): Promise<void> {
    const end = performance.now() + patienceMs
    while (!(await look())) {
      if (performance.now() > end)
        throw new Error(`not in ${patienceMs} ms: ${what}. It wrote:\n${this.output}`)
      if (this.#process.exitCode !== null)
        throw new Error(`it ended before ${what}. It wrote:\n${this.output}`)
      await delay(50)
    }
  }
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}
