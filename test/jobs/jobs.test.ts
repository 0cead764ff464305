import { describe } from 'vitest'
import { makePgliteFolder, makePostgres } from '../db/support/databases.ts'
import { defineJobsContract } from './jobsContract.ts'

describe('jobs on Postgres', () => defineJobsContract(makePostgres))
describe('jobs on PGlite', () => defineJobsContract(makePgliteFolder))
