import type { ChatStore } from '../core/chatStore.ts'
import type { DailyStore } from '../core/daily/dailyStore.ts'
import type { OwnCardStore } from '../core/ownCardStore.ts'
import type { PersonalStore } from '../core/personalStore.ts'
import type { RoundStore } from '../core/quiz/roundStore.ts'
import type { Store, StudyStore } from '../core/store.ts'
import type { TeamStore } from '../core/team/teamStore.ts'
import { prepareAppend } from './append.ts'
import { prepareBoardDetails, prepareBoardRank, prepareBoardTop } from './boards.ts'
import { prepareCard } from './cardInHand.ts'
import { prepareConversation, prepareSaveConversation } from './chats.ts'
import { dropDaily, planDaily, prepareDaily, saveDaily } from './dailies.ts'
import { chooseDaily } from './dailyChoice.ts'
import { openDailyNow, takeDailies } from './dailyClaims.ts'
import {
  prepareDailyAnswers,
  prepareDailyAnswersOf,
  prepareDailyPlayers,
  prepareDailyRound,
  unfinishedDailies,
} from './dailyRounds.ts'
import type { Database } from './database.ts'
import { enrol, enrolInNewDecks, prepareDeckSummaries } from './decks.ts'
import { changeDraft, draft, dropDraft, saveDraft } from './drafts.ts'
import { prepareDrills, prepareDueCount, prepareNextDue } from './due.ts'
import { type Enqueue, NO_JOBS } from './enqueue.ts'
import { exportLearner } from './exportLearner.ts'
import { prepareDueForecast, prepareProgress } from './forecast.ts'
import { forget } from './forget.ts'
import {
  prepareLastEntry,
  prepareLastEntryOf,
  prepareScoreOn,
  prepareScoreSince,
  prepareStudyDays,
} from './history.ts'
import { changeSettings, prepareLearner } from './learners.ts'
import { countMembers, prepareTakePart } from './members.ts'
import { joinPlaceToTeam, leavePlace } from './membership.ts'
import { mistakeReports, reportMistake } from './mistakes.ts'
import { movePlace } from './movePlace.ts'
import { prepareNewCards } from './newCards.ts'
import { keepDraft } from './ownCards.ts'
import { pairingStore } from './pairings.ts'
import { membersToCheck, setPresence } from './presence.ts'
import { prepareQuizCards } from './quizCards.ts'
import { preparePlanReminder, prepareReachIn, prepareTakeReminders, unreachable } from './reminders.ts'
import {
  prepareAnswerRound,
  prepareAnswersTo,
  prepareCountAnswers,
  prepareStandings,
} from './roundAnswers.ts'
import {
  prepareClaimQuestion,
  prepareCloseQuestion,
  prepareNextQuestion,
  prepareQuestionByExternalId,
  prepareQuestionOnShow,
  prepareQuestionSent,
  prepareQuestionsToClose,
  releaseQuestion,
} from './roundQuestions.ts'
import { prepareEndRound, prepareIdleRounds, prepareOpenRound, prepareRoundAt } from './rounds.ts'
import { syncDecks } from './syncDecks.ts'
import { changeTeam, placesOf, prepareTeam, prepareTeamAt, setUpPlace } from './teams.ts'
import { looksWrong, mostForgotten } from './trouble.ts'
import { takeWeekly } from './weekly.ts'

/**
 * The core's store on a migrated database, the same for both drivers. What is asked at every press is a
 * prepared query: the server then plans it once, not each time.
 *
 * @param enqueue adds the jobs that the store decides
 */
export function createStore(db: Database, enqueue: Enqueue = NO_JOBS): Store {
  return {
    ...studyStore(db),
    ...chatStore(db),
    ...personalStore(db),
    ...roundStore(db),
    ...ownCardStore(db),
    movePlace: (from, toId) => movePlace(db, from, toId),
    ...teamStore(db, enqueue),
    ...dailyStore(db, enqueue),
    ...pairingStore(db),
  }
}

function studyStore(db: Database): StudyStore {
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

function chatStore(db: Database): ChatStore {
  return {
    conversation: prepareConversation(db),
    saveConversation: prepareSaveConversation(db),
    reachIn: prepareReachIn(db),
    planReminder: preparePlanReminder(db),
    unreachable: (learnerId) => unreachable(db, learnerId),
    takeReminders: prepareTakeReminders(db),
  }
}

function personalStore(db: Database): PersonalStore {
  return {
    dueForecast: prepareDueForecast(db),
    scoreSince: prepareScoreSince(db),
    progress: prepareProgress(db),
    exportLearner: (learnerId) => exportLearner(db, learnerId),
    forget: (learnerId) => forget(db, learnerId),
    reportMistake: (learnerId, cardId, text, now) => reportMistake(db, learnerId, cardId, text, now),
    mistakeReports: (limit) => mistakeReports(db, limit),
  }
}

function roundStore(db: Database): RoundStore {
  return {
    quizCards: prepareQuizCards(db),
    openRound: prepareOpenRound(db),
    roundAt: prepareRoundAt(db),
    idleRounds: prepareIdleRounds(db),
    nextQuestion: prepareNextQuestion(db),
    claimQuestion: prepareClaimQuestion(db),
    releaseQuestion: (question) => releaseQuestion(db, question),
    questionOnShow: prepareQuestionOnShow(db),
    questionSent: prepareQuestionSent(db),
    questionByExternalId: prepareQuestionByExternalId(db),
    questionsToClose: prepareQuestionsToClose(db),
    closeQuestion: prepareCloseQuestion(db),
    endRound: prepareEndRound(db),
    answerRound: prepareAnswerRound(db),
    answersTo: prepareAnswersTo(db),
    countAnswers: prepareCountAnswers(db),
    standings: prepareStandings(db),
  }
}

function dailyStore(db: Database, enqueue: Enqueue): DailyStore {
  return {
    daily: prepareDaily(db),
    saveDaily: (daily, plan) => saveDaily(db, daily, plan),
    planDaily: (place, plan) => planDaily(db, place, plan),
    dropDaily: (place) => dropDaily(db, place),
    openDailyNow: (place, now, decide) => openDailyNow(db, enqueue, place, now, decide),
    takeDailies: (now, limit, claim) => takeDailies(db, enqueue, now, limit, claim),
    chooseDaily: (roundId, choose) => chooseDaily(db, enqueue, roundId, choose),
    unfinishedDailies: () => unfinishedDailies(db),
    dailyRound: prepareDailyRound(db),
    dailyAnswers: prepareDailyAnswers(db),
    dailyPlayers: prepareDailyPlayers(db),
    dailyAnswersOf: prepareDailyAnswersOf(db),
  }
}

function ownCardStore(db: Database): OwnCardStore {
  return {
    saveDraft: (learnerId, text, now) => saveDraft(db, learnerId, text, now),
    changeDraft: (learnerId, id, text, now) => changeDraft(db, learnerId, id, text, now),
    draft: (learnerId, id) => draft(db, learnerId, id),
    keepDraft: (learnerId, id) => keepDraft(db, learnerId, id),
    dropDraft: (learnerId, id) => dropDraft(db, learnerId, id),
  }
}

function teamStore(db: Database, enqueue: Enqueue): TeamStore {
  return {
    teamAt: prepareTeamAt(db),
    team: prepareTeam(db),
    placesOf: (teamId) => placesOf(db, teamId),
    setUpPlace: (here, timeZone, now) => setUpPlace(db, here, timeZone, now),
    changeTeam: (teamId, change) => changeTeam(db, teamId, change),
    joinPlaceToTeam: (place, teamId) => joinPlaceToTeam(db, place, teamId),
    leavePlace: (place) => leavePlace(db, place),
    takePart: prepareTakePart(db),
    countMembers: (teamId) => countMembers(db, teamId),
    membersToCheck: (teamId, learnerIds, before) => membersToCheck(db, teamId, learnerIds, before),
    setPresence: (learnerId, place, present, now) => setPresence(db, learnerId, place, present, now),
    boardTop: prepareBoardTop(db),
    boardRank: prepareBoardRank(db),
    boardDetails: prepareBoardDetails(db),
    mostForgotten: (teamId, days, limit) => mostForgotten(db, teamId, days, limit),
    looksWrong: (teamId, since, leastPeople, limit) => looksWrong(db, teamId, since, leastPeople, limit),
    takeWeekly: (now, limit) => takeWeekly(db, enqueue, now, limit),
  }
}
