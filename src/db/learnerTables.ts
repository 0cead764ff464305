import {
  boardScores,
  chats,
  dayScores,
  decks,
  drafts,
  enrolments,
  identities,
  memberPlaces,
  mistakes,
  pairings,
  reminders,
  reviews,
  roundAnswers,
  schedules,
  teamMembers,
  wrongCodes,
} from './schema.ts'

/**
 * Every table that says whose a row is, under the name that an export gives it: what a person is given and what is
 * deleted with them, and where the doctor looks for learners.
 */
export const LEARNER_TABLES = {
  identities,
  chats,
  reminders,
  enrolments,
  ownDecks: decks,
  drafts,
  schedules,
  reviews,
  scores: dayScores,
  roundAnswers,
  mistakes,
  memberships: teamMembers,
  memberPlaces,
  boardScores,
  pairings,
  wrongCodes,
}

/** Of a row that two learners share, whose it is as well. */
export const OTHER_LEARNER = pairings.otherLearnerId
