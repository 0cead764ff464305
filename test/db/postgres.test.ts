import { describe } from 'vitest'
import { defineStoreContract } from './contract.ts'
import { makePostgres } from './support/databases.ts'

describe('the store on Postgres', () => defineStoreContract(makePostgres))
