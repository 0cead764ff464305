import { openStore } from '../db/openStore.ts'
import type { Config } from './config.ts'

/**
 * Prints each difference between what is stored and what the log gives.
 *
 * @param repairs rebuilds what the log gives, and looks again
 * @returns 0 when there is none (any more), else 1
 */
export async function doctorCommand(config: Config, repairs = false): Promise<number> {
  const { doctor, repair, close } = await openStore(config)
  try {
    const differences = await printAll(doctor())
    if (differences === 0) {
      console.log('All is well: schedules and scores are what the log gives.')
      return 0
    }
    console.log(`${differences} found.`)
    if (!repairs) {
      console.log(
        '"deckhand doctor --repair" rebuilds from the log what can be rebuilt. Make a backup first.',
      )
      return 1
    }
    const learners = await repair()
    console.log(
      `Rebuilt from the log for ${learners === 1 ? '1 learner' : `${learners} learners`}. What is left:`,
    )
    const left = await printAll(doctor())
    console.log(left === 0 ? 'Nothing: all is well.' : `${left} that the log cannot mend.`)
    return left === 0 ? 0 : 1
  } finally {
    await close()
  }
}

async function printAll(sentences: AsyncIterable<string>): Promise<number> {
  let count = 0
  for await (const sentence of sentences) {
    console.log(sentence)
    count++
  }
  return count
}
