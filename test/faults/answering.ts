/**
 * Answers cards for as long as it is let, and prints each answer once the store has acknowledged it, as
 * "<card> <review count>". Started by killed.test.ts, which kills it.
 *
 * Arguments: the database's URL or "", and the data folder.
 */
import { openStore } from '../../src/db/openStore.ts'
import { day, makeDeck, Study } from '../db/support/fixtures.ts'

const CARDS = Array.from({ length: 20 }, (_, index) => `c${index}`)

const [url = '', dataFolder = ''] = process.argv.slice(2)
const { store } = await openStore({ databaseUrl: url === '' ? null : url, dataFolder })
await store.syncDecks([makeDeck('d', CARDS)])
const study = await Study.begin(store)
for (let round = 0; ; round += 1) {
  // All cards at once, so that the store gathers them into few writes.
  await Promise.all(CARDS.map((cardId) => answer(cardId, round)))
}

/** Every kind of write: first and later answers, and answers taken back. */
async function answer(cardId: string, round: number): Promise<void> {
  const entry =
    round % 3 === 2
      ? await study.undo(cardId)
      : await study.answer(cardId, round % 2 === 0 ? 4 : 1, day(round))
  process.stdout.write(`${cardId} ${entry.reviewCount}\n`)
}
