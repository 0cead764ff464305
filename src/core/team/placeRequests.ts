import type { Asking } from '../asking.ts'
import type { Learner } from '../learner.ts'
import { type PairingParty, readCode } from '../pairingStore.ts'
import type { Screen } from '../screen.ts'
import {
  blockedScreen,
  codeScreen,
  confirmScreen,
  dropScreen,
  goneScreen,
  joinedScreen,
  refusedScreen,
} from '../screens/link.ts'
import type { Store } from '../store.ts'
import type { Here } from './team.ts'

// An adapter asks its platform each time whether the person may manage the place, and only then calls these.

/** Shows a code that lets another place join this one's team. */
export async function inviteTeam(store: Store, asking: Asking, here: Here): Promise<Screen> {
  const { learner, party } = await partyAt(store, asking, here)
  const team = await store.setUpPlace(here, learner.timeZone, asking.now)
  const { code, pairing } = await store.beginPairing(party, 'team', asking.now)
  return codeScreen(code, pairing, team, null)
}

/** Enters a code of another place, as a person wrote it, and shows which place it is. */
export async function joinTeam(store: Store, asking: Asking, here: Here, code: string): Promise<Screen> {
  const { learner, party } = await partyAt(store, asking, here)
  const read = readCode(code)
  if (read === null) return refusedScreen('team', 'unreadable')
  const entered = await store.enterCode(party, 'team', read, asking.now)
  switch (entered.kind) {
    case 'entered':
      return confirmScreen(entered.pairing, learner, null)
    case 'refused':
      return refusedScreen('team', entered.reason)
    case 'blocked':
      return blockedScreen(entered.until, learner)
  }
}

/**
 * Confirms for this place; when both have, the place that entered the code joins the other's team.
 *
 * @param pairingId as the button had it
 */
export async function confirmTeam(
  store: Store,
  asking: Asking,
  here: Here,
  pairingId: string,
): Promise<Screen> {
  const { learner, party } = await partyAt(store, asking, here)
  // A place that was nobody's yet can join a team only once it is known.
  const team = await store.setUpPlace(here, learner.timeZone, asking.now)
  const confirmed = await store.confirmPairing(party, 'team', pairingId, asking.now)
  if (confirmed.kind === 'gone') return goneScreen('team')
  if (confirmed.kind === 'joined') return joinedScreen('team')
  const { pairing } = confirmed
  if (pairing.other !== null) return confirmScreen(pairing, team, null)
  return codeScreen(readCode(pairingId) ?? '', pairing, team, 'Nobody has entered the code yet.')
}

/** Gives the joining up, whichever side asks. */
export async function dropTeam(store: Store, asking: Asking, here: Here, pairingId: string): Promise<Screen> {
  const { party } = await partyAt(store, asking, here)
  return dropScreen('team', await store.dropPairing(party, 'team', pairingId))
}

async function partyAt(
  store: Store,
  asking: Asking,
  here: Here,
): Promise<{ readonly learner: Learner; readonly party: PairingParty }> {
  const learner = await store.learner(asking.identity, asking.initialSettings)
  return { learner, party: { learnerId: learner.id, ...here.place } }
}
