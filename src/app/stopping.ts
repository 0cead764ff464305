import type { Log } from '../core/watch.ts'

/** What an orchestrator must give at least; Kubernetes gives 30 s. */
const DRAIN_MS = 10_000

/** Aborts when the process is told to end, so that the store is closed and its lock released. */
export function stopSignal(isService: boolean): AbortSignal {
  const controller = new AbortController()
  // At a keyboard Ctrl-C is a key like any other, and the session's own business.
  const signals: NodeJS.Signals[] =
    process.stdin.isTTY && !isService ? ['SIGTERM', 'SIGHUP'] : ['SIGTERM', 'SIGHUP', 'SIGINT']
  for (const signal of signals) process.once(signal, () => controller.abort())
  return controller.signal
}

/**
 * Ends the process ten seconds after it was told to stop, whatever still hangs then: updates that were not dealt with
 * come again, and a lease runs out by itself.
 *
 * @param exit ends the process
 */
export function stopHard(
  stop: AbortSignal,
  log: Log,
  exit: (code: number) => void = process.exit,
  drainMs = DRAIN_MS,
): void {
  const begin = (): void => {
    log('stopping')
    setTimeout(() => {
      log(`stopped hard: not done ${drainMs / 1000} s after being told to stop`, 'error')
      exit(1)
    }, drainMs).unref()
  }
  if (stop.aborted) begin()
  else stop.addEventListener('abort', begin, { once: true })
}

/** Ends the process with a line in the log when something fails that nobody deals with. */
export function dieAloud(log: Log, exit: (code: number) => void = process.exit): void {
  const die = (error: unknown): void => {
    log(`the process ends: ${failureLine(error)}`, 'error')
    exit(1)
  }
  process.on('uncaughtException', die)
  process.on('unhandledRejection', die)
}

/**
 * An error as a line for the operator, without what a query was given: drizzle puts that into its message.
 *
 * @param error anything
 */
export function failureLine(error: unknown): string {
  if (!(error instanceof Error)) return `something that is no error was thrown: ${typeof error}`
  const isQuery = error.message.startsWith('Failed query')
  if (!isQuery) return error.message || error.name
  const { cause } = error
  if (!(cause instanceof Error)) return 'a query failed'
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name
  // What Postgres says may quote what somebody wrote.
  const [line = ''] = cause.message.split('\n')
  return `a query failed: ${code} ${line.replace(/"[^"]*"/g, '…')}`
}
