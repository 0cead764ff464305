import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A child process that prints line by line. */
export interface Child {
  readonly process: ChildProcess
  /** Each line it prints; ends when it does. */
  readonly lines: AsyncIterableIterator<string>
  /** Ends it as `kill -9` does and waits until it is gone. */
  kill(): Promise<void>
  /** Waits for it to end by itself; gives the exit code. */
  ended(): Promise<number | null>
}

/** Starts a TypeScript file of the tests as a process of its own; its errors go where the tests' go. */
export function startChild(script: URL, args: readonly string[]): Child {
  const child = spawn(process.execPath, [script.pathname, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  return {
    process: child,
    lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](),
    kill: async () => {
      child.kill('SIGKILL')
      await exit
    },
    ended: async () => {
      const [code] = await exit
      return typeof code === 'number' ? code : null
    },
  }
}
