import type { Request } from './action.ts'
import type { Asking } from './asking.ts'
import * as cards from './cardRequests.ts'
import { catchUp, catchUpAnswer } from './daily/catchUp.ts'
import * as links from './linkRequests.ts'
import * as ownCards from './ownCardRequests.ts'
import * as personal from './personalRequests.ts'
import { OtherLearner, type Visit } from './record.ts'
import type { Screen } from './screen.ts'
import { askForgetScreen, confirmForgetScreen } from './screens/forget.ts'
import { settingsScreen } from './screens/settings.ts'
import { study, summary } from './session.ts'
import type { Store } from './store.ts'
import { studyDayAt } from './studyDay.ts'

/**
 * Answers one request of one person: the only door into the core for every adapter.
 *
 * @param request decoded by the adapter; what carries text carries it as the person wrote it
 * @returns the screen to show; a press that no longer fits the card's state changes nothing and says so
 * @throws whatever the store throws when the database cannot be reached; nothing is half-written then
 */
export async function handle(store: Store, asking: Asking, request: Request): Promise<Screen> {
  try {
    return await answer(await visitOf(store, asking), request)
  } catch (error) {
    if (!(error instanceof OtherLearner)) throw error
    // Their accounts were joined this very moment: what they pressed counts for the learner they are now.
    return answer(await visitOf(store, asking), request)
  }
}

async function visitOf(store: Store, asking: Asking): Promise<Visit> {
  const learner = await store.learner(asking.identity, asking.initialSettings)
  return {
    store,
    identity: asking.identity,
    learner,
    today: studyDayAt(asking.now, learner.timeZone, learner.dayStartHour),
    now: asking.now,
    zones: asking.zones ?? [],
    findZones: asking.findZones ?? (() => []),
    notesUrl: asking.notesUrl ?? null,
  }
}

async function answer(visit: Visit, request: Request): Promise<Screen> {
  switch (request.kind) {
    case 'welcome':
      return personal.welcome(visit, request.deckId)
    case 'begin':
      return personal.begin(visit, request.deckId)
    case 'study':
      return study(visit, request.deckId, null)
    case 'show':
      return cards.show(visit, request.ref)
    case 'grade':
      return cards.grade(visit, request.ref, request.grade)
    case 'regrade':
      return cards.regrade(visit, request.ref, request.grade)
    case 'choose':
      return cards.choose(visit, request.ref, request.choice)
    case 'type':
      return cards.type(visit, request.ref, request.text)
    case 'suspend':
    case 'resume':
      return cards.suspend(visit, request.ref, request.kind === 'suspend')
    case 'why':
      return cards.why(visit, request.ref)
    case 'askReport':
      return cards.askReport(visit, request.ref)
    case 'report':
      return cards.report(visit, request.ref, request.text)
    case 'draftCard':
      return ownCards.draftCard(visit, request)
    case 'editDraft':
      return ownCards.editDraft(visit, request.draftId)
    case 'keepDraft':
      return ownCards.keepDraft(visit, request.draftId)
    case 'dropDraft':
      return ownCards.dropDraft(visit, request.draftId)
    case 'catchUp':
      return catchUp(visit, request.roundId, null)
    case 'catchUpAnswer':
      return catchUpAnswer(visit, request)
    case 'undo':
      return cards.undo(visit, request.ref)
    case 'summary':
      return summary(visit, null)
    case 'stats':
      return personal.stats(visit)
    case 'decks':
      return personal.decks(visit, null)
    case 'askLeave':
      return personal.askLeave(visit)
    case 'enrol':
    case 'leave':
      return personal.enrol(visit, request.deckId, request.kind === 'enrol')
    case 'settings':
      return settingsScreen(visit.learner, null)
    case 'askSetting':
      return personal.askSetting(visit, request.name)
    case 'pick':
      return personal.set(visit, request.name, request.value, request.first)
    case 'set':
      return personal.set(visit, request.name, request.text, request.first)
    case 'snooze':
      return personal.snooze(visit)
    case 'askForget':
      return askForgetScreen()
    case 'confirmForget':
      return confirmForgetScreen()
    case 'forget':
      return personal.forget(visit)
    case 'link':
      return request.code === null ? links.showLink(visit) : links.enterLink(visit, request.code)
    case 'confirmPairing':
      return links.confirmLink(visit, request.pairingId)
    case 'dropPairing':
      return links.dropLink(visit, request.pairingId)
    case 'askUnlink':
      return links.askUnlink(visit)
    case 'unlink':
      return links.unlink(visit)
    case 'confirmTeam':
    case 'dropTeam':
      return summary(visit, 'Teams are joined where they learn, by who may manage the place.')
  }
}
