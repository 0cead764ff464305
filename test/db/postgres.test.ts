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
import { makePostgres } from './support/databases.ts'
import { defineTeamContract } from './teamContract.ts'

describe('the store on Postgres', () => {
  describe('study', () => defineStoreContract(makePostgres))
  describe('chats', () => defineChatContract(makePostgres))
  describe('personal data', () => definePersonalContract(makePostgres))
  describe('quizzes', () => defineRoundContract(makePostgres))
  describe('own cards', () => defineOwnCardContract(makePostgres))
  describe('places that move', () => defineMoveContract(makePostgres))
  describe('teams', () => defineTeamContract(makePostgres))
  describe('figures', () => defineFiguresContract(makePostgres))
  describe('joined accounts', () => defineLinkContract(makePostgres))
  describe('daily quizzes', () => defineDailyContract(makePostgres))
  describe('hostile text', () => defineHostileTextContract(makePostgres))
})
