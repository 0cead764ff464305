/**
 * Presses the same button as another process does, 1,000 times: for each review count it answers as soon as the
 * card has it. Prints how many of its answers were written and how many came too late. Started by pressed.test.ts.
 *
 * Arguments: the database's URL, and how often to press.
 */
import { openStore } from '../../src/db/openStore.ts'
import { day, Study } from '../db/support/fixtures.ts'

const [url = '', presses = ''] = process.argv.slice(2)
const { store, close } = await openStore({ databaseUrl: url, dataFolder: '' })
const study = await Study.begin(store)
let written = 0
let late = 0
console.log('ready')
process.stdin.resume().once('data', async () => {
  for (;;) {
    const { state } = await study.hand('a')
    const entry = await study.answerEntry('a', 4, day(state.reviewCount))
    // Asked of the entry: the other process may have been faster since the card was read.
    if (entry.reviewCount >= Number(presses)) break
    if (await store.append(entry)) written += 1
    else late += 1
  }
  await close()
  console.log(JSON.stringify({ written, late }))
  process.stdin.destroy()
})
