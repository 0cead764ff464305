import { UNWATCHED, type Watch } from '../../src/core/watch.ts'

/** Keeps what it is told: "call", "refused <code>". */
export function recordingWatch(): { readonly watch: Watch; readonly told: string[] } {
  const told: string[] = []
  const watch: Watch = {
    ...UNWATCHED,
    call: (_platform, work) => {
      told.push('call')
      return work()
    },
    refused: (_platform, code) => void told.push(`refused ${code}`),
  }
  return { watch, told }
}
