import { openStore } from '../db/openStore.ts'
import type { Config } from './config.ts'

/**
 * Prints each difference between what is stored and what the log gives.
 *
 * @returns 0 when there is none, else 1
 */
export async function doctorCommand(config: Config): Promise<number> {
  const { doctor, close } = await openStore(config)
  let differences = 0
  try {
    for await (const difference of doctor()) {
      console.log(difference)
      differences++
    }
  } finally {
    await close()
  }
  console.log(
    differences === 0 ? 'All is well: schedules and scores are what the log gives.' : `${differences} found.`,
  )
  return differences === 0 ? 0 : 1
}
