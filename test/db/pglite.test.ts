import { describe } from 'vitest'
import { defineChatContract } from './chatContract.ts'
import { defineStoreContract } from './contract.ts'
import { defineDailyContract } from './dailyContract.ts'
import { defineFiguresContract } from './figuresContract.ts'
import { defineHostileTextContract } from './hostileTextContract.ts'
import { defineLinkContract } from './linkContract.ts'
import { defineMoveContract } from './moveContract.ts'
import { defineOwnCardContract } from './ownCardContract.ts'
import { definePersonalContract } from './personalContract.ts'
import { defineRoundContract } from './roundContract.ts'
import { makePgliteFolder } from './support/databases.ts'
import { defineTeamContract } from './teamContract.ts'

describe('the store on PGlite', () => {
  describe('study', () => defineStoreContract(makePgliteFolder))
  describe('chats', () => defineChatContract(makePgliteFolder))
  describe('personal data', () => definePersonalContract(makePgliteFolder))
  describe('quizzes', () => defineRoundContract(makePgliteFolder))
  describe('own cards', () => defineOwnCardContract(makePgliteFolder))
  describe('places that move', () => defineMoveContract(makePgliteFolder))
  describe('teams', () => defineTeamContract(makePgliteFolder))
  describe('figures', () => defineFiguresContract(makePgliteFolder))
  describe('joined accounts', () => defineLinkContract(makePgliteFolder))
  describe('daily quizzes', () => defineDailyContract(makePgliteFolder))
  describe('hostile text', () => defineHostileTextContract(makePgliteFolder))
})
