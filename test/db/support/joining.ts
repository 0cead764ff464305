import type { Platform } from '../../../src/core/learner.ts'
import type { PairingParty, PairingStore } from '../../../src/core/pairingStore.ts'

/** A person who asks on a platform. */
export function partyOn(platform: Platform, learnerId: number): PairingParty {
  return { learnerId, platform, placeId: null }
}

/**
 * Begins to make two learners one: the second goes over into the first.
 *
 * @returns gives the confirmation that is missing still
 */
export async function begin(
  store: PairingStore,
  survivorId: number,
  otherId: number,
  now: Date,
): Promise<() => Promise<void>> {
  const [shows, enters] = [partyOn('discord', survivorId), partyOn('telegram', otherId)]
  const { code } = await store.beginPairing(shows, 'person', now)
  const entered = await store.enterCode(enters, 'person', code, now)
  if (entered.kind !== 'entered') throw new Error(`the code was ${JSON.stringify(entered)}`)
  await store.confirmPairing(enters, 'person', entered.pairing.id, now)
  return async () => {
    const joined = await store.confirmPairing(shows, 'person', entered.pairing.id, now)
    if (joined.kind !== 'joined') throw new Error(`they are not joined: ${joined.kind}`)
  }
}

/** Makes two learners one by a code that both confirm: the second goes over into the first. */
export async function join(
  store: PairingStore,
  survivorId: number,
  otherId: number,
  now: Date,
): Promise<void> {
  const confirm = await begin(store, survivorId, otherId, now)
  await confirm()
}
