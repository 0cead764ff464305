import { describe } from 'vitest'
import { defineStoreContract } from './contract.ts'
import { makePgliteFolder } from './support/databases.ts'

describe('the store on PGlite', () => defineStoreContract(makePgliteFolder))
