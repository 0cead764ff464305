import type { Store } from '../core/store.ts'
import { prepareAppend } from './append.ts'
import { prepareCard } from './cardInHand.ts'
import type { Database } from './database.ts'
import { enrol, enrolInNewDecks, prepareDeckSummaries } from './decks.ts'
import { prepareDrills, prepareDueCount, prepareNextDue } from './due.ts'
import { prepareLastEntry, prepareLastEntryOf, prepareScoreOn, prepareStudyDays } from './history.ts'
import { changeSettings, prepareLearner } from './learners.ts'
import { prepareNewCards } from './newCards.ts'
import { syncDecks } from './syncDecks.ts'

/**
 * The core's store on a migrated database, the same for both drivers. What is asked at every press is a
 * prepared query: the server then plans it once, not each time.
 */
export function createStore(db: Database): Store {
  return {
    learner: prepareLearner(db),
    changeSettings: (learnerId, change) => changeSettings(db, learnerId, change),
    deckSummaries: prepareDeckSummaries(db),
    enrol: (learnerId, deckId, enrolled) => enrol(db, learnerId, deckId, enrolled),
    enrolInNewDecks: (learnerId) => enrolInNewDecks(db, learnerId),
    card: prepareCard(db),
    dueCount: prepareDueCount(db),
    nextDue: prepareNextDue(db),
    newCards: prepareNewCards(db),
    drills: prepareDrills(db),
    append: prepareAppend(db),
    lastEntry: prepareLastEntry(db),
    lastEntryOf: prepareLastEntryOf(db),
    scoreOn: prepareScoreOn(db),
    studyDays: prepareStudyDays(db),
    syncDecks: (decks) => syncDecks(db, decks),
  }
}
