import { readFile } from 'node:fs/promises'

/** Fields of /proc/<pid>/stat after the command's name; see proc_pid_stat(5), which counts them from 3. */
const STATE_FIELD = 0
const START_TIME_FIELD = 19

/**
 * What tells a process from any other with the same pid: the boot it belongs to and the clock ticks from boot
 * to its start.
 *
 * @returns null where the system has no /proc; "dead" for a process that only waits to be reaped
 */
export async function processBirth(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The name stands in brackets and may hold spaces and brackets itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[STATE_FIELD] === 'Z' || fields[STATE_FIELD] === 'X') return 'dead'
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8')
    return `${boot.trim()} ${fields[START_TIME_FIELD]}`
  } catch {
    return null
  }
}
