import { type PairingParty, readCode } from './pairingStore.ts'
import type { Visit } from './record.ts'
import type { Screen } from './screen.ts'
import {
  askUnlinkScreen,
  blockedScreen,
  codeScreen,
  confirmScreen,
  dropScreen,
  goneScreen,
  joinedScreen,
  onlyOneScreen,
  refusedScreen,
  unlinkedScreen,
} from './screens/link.ts'

/** Shows a new code, for the account on the other platform. */
export async function showLink(visit: Visit): Promise<Screen> {
  const { code, pairing } = await visit.store.beginPairing(partyOf(visit), 'person', visit.now)
  return codeScreen(code, pairing, visit.learner, null)
}

/** Enters a code as a person wrote it, and shows with whom it would join them. */
export async function enterLink(visit: Visit, text: string): Promise<Screen> {
  const { store, learner, now } = visit
  const code = readCode(text)
  if (code === null) return refusedScreen('person', 'unreadable')
  const entered = await store.enterCode(partyOf(visit), 'person', code, now)
  switch (entered.kind) {
    case 'entered':
      return confirmScreen(entered.pairing, learner, null)
    case 'refused':
      return refusedScreen('person', entered.reason)
    case 'blocked':
      return blockedScreen(entered.until, learner)
  }
}

/** Confirms one side; the last that was missing makes the two one. */
export async function confirmLink(visit: Visit, pairingId: string): Promise<Screen> {
  const { store, learner, now } = visit
  const confirmed = await store.confirmPairing(partyOf(visit), 'person', pairingId, now)
  if (confirmed.kind === 'gone') return goneScreen('person')
  if (confirmed.kind === 'joined') return joinedScreen('person')
  const { pairing } = confirmed
  if (pairing.other !== null) return confirmScreen(pairing, learner, null)
  // Nobody has entered it: the screen stays as it was, code and all.
  return codeScreen(readCode(pairingId) ?? '', pairing, learner, 'Nobody has entered the code yet.')
}

/** Gives a pairing up. */
export async function dropLink(visit: Visit, pairingId: string): Promise<Screen> {
  return dropScreen('person', await visit.store.dropPairing(partyOf(visit), 'person', pairingId))
}

/** Says what separating means, and asks. */
export async function askUnlink(visit: Visit): Promise<Screen> {
  const identities = await visit.store.identitiesOf(visit.learner.id)
  return identities.length > 1 ? askUnlinkScreen(visit.identity, identities) : onlyOneScreen()
}

/** Makes the identity that asks a learner of its own. */
export async function unlink(visit: Visit): Promise<Screen> {
  const { store, learner, identity, now } = visit
  return (await store.unlink(learner.id, identity, now)) ? unlinkedScreen(identity) : onlyOneScreen()
}

function partyOf({ learner, identity }: Visit): PairingParty {
  return { learnerId: learner.id, platform: identity.platform, placeId: null }
}
