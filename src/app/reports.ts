import { openStore } from '../db/openStore.ts'
import type { Config } from './config.ts'

const LIMIT_MAXIMUM = 10_000

/**
 * Prints the mistakes that learners reported: where the note is, the card's prompt, what they wrote.
 *
 * @param limit 1 to 10,000
 * @returns the exit code
 * @throws RangeError for another limit
 */
export async function reportsCommand(config: Config, limit: number): Promise<number> {
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT_MAXIMUM) {
    throw new RangeError(`--limit is ${limit}: it must be a whole number from 1 to ${LIMIT_MAXIMUM}`)
  }
  const { store, close } = await openStore(config)
  try {
    const reports = await store.mistakeReports(limit)
    if (reports.length === 0) console.log('No mistakes reported.')
    for (const { source, prompt, text, reportedAt } of reports) {
      console.log(
        `${reportedAt.toISOString().slice(0, 10)}  ${source.file}:${source.line}  ${oneLine(prompt)}`,
      )
      console.log(`    ${oneLine(text)}`)
    }
    return 0
  } finally {
    await close()
  }
}

/** What somebody wrote must not move the cursor of whoever reads it. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
}
