import type { PairingStore } from '../core/pairingStore.ts'
import type { Database } from './database.ts'

const notYet = (_db: Database) => async (): Promise<never> => {
  throw new Error('accounts cannot be joined yet')
}

/** @returns the store's port for joining accounts and places */
export function pairingStore(db: Database): PairingStore {
  const missing = notYet(db)
  return {
    beginPairing: missing,
    enterCode: missing,
    confirmPairing: missing,
    dropPairing: missing,
    identitiesOf: missing,
    unlink: missing,
  }
}
