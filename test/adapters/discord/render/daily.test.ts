import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  dailyClosedMessages,
  dailyEndMessages,
  dailyQuestionMessage,
} from '../../../../src/adapters/discord/render/daily.ts'
import { decodeAction } from '../../../../src/core/actionCodec.ts'
import type { DailyQuestionResult, DailyResult, DailyRound } from '../../../../src/core/daily/daily.ts'
import type { StudyDay } from '../../../../src/core/studyDay.ts'
import { seen } from './discordMarkdown.ts'
import { expectValid } from './discordRules.ts'
import { hostileText } from './hostile.ts'

const QUESTION: DailyQuestionResult = {
  roundId: 7,
  position: 0,
  cardId: 'values',
  choices: ['`values.yaml`', '`Chart.yaml`'],
  right: 0,
  prompt: 'Which file holds the defaults of a chart?',
  explanation: 'See `helm show values`.',
  source: 'helm.md:42',
  deckTitle: 'Helm',
  forgetting: 4,
  studiedBy: 6,
  messageId: '300',
  closed: false,
  chosenBy: [
    { count: 3, names: ['Ann', 'Bob'] },
    { count: 1, names: [] },
  ],
  reason: '4 of 6 of you were about to forget this.',
}
const ROUND: DailyRound = {
  id: 7,
  teamId: 1,
  place: { platform: 'discord', placeId: '100' },
  placeName: 'Acme',
  chatId: '200',
  on: '2026-01-05' as StudyDay,
  startedAt: new Date(1_700_000_000_000),
  closesAt: new Date(1_700_086_400_000),
  ended: false,
  questions: [QUESTION, { ...QUESTION, position: 1, messageId: null }],
}
const RESULT: DailyResult = {
  round: ROUND,
  questions: [QUESTION, { ...QUESTION, position: 1, messageId: null }],
  standings: [
    { learnerId: 1, name: 'Ann', right: 1, answered: 1 },
    { learnerId: 2, name: 'Bob', right: 1, answered: 1 },
  ],
  players: 4,
}

describe('a question of a daily quiz', () => {
  it('says what it is, and until when it can be answered', () => {
    const message = dailyQuestionMessage(ROUND, QUESTION)
    expect(message?.content).toBe(
      '-# Daily quiz · Helm · question 1 of 2\n### Which file holds the defaults of a chart?\n\n' +
        '-# Closes <t:1700086400:R>',
    )
    expect(message?.components).toHaveLength(2)
  })
})

describe('a daily quiz that is over', () => {
  it('shows what was right and why it was asked, and counts those who are hidden without naming them', () => {
    const [shown, ...others] = dailyClosedMessages(RESULT)
    expect(others).toEqual([])
    expect(shown?.messageId).toBe('300')
    expect(seen(shown?.bodies[0]?.content ?? '').split('\n')).toEqual([
      'Daily quiz · Helm · question 1 of 2 · 3 of 4 right',
      'Which file holds the defaults of a chart?',
      '',
      '✅  values.yaml',
      '▰▰▰▰▰▰▰▱▱▱  3  Ann, Bob and 1 more',
      '▫️  Chart.yaml',
      '▰▰▱▱▱▱▱▱▱▱  1',
      '',
      'See helm show values.',
      '4 of 6 of you were about to forget this.',
      'helm.md:42',
    ])
  })

  it('ends with the standings, the way to each question, and a button to catch up', () => {
    const [message, ...others] = dailyEndMessages(RESULT)
    expect(others).toEqual([])
    expect(message?.content.split('\n')).toEqual([
      '-# Daily quiz · 1 question',
      '### Quiz over',
      '🥇  **Ann**  1 of 1',
      '🥇  **Bob**  1 of 1',
      '-# … and 2 more',
      '',
      '-# [Question 1](https://discord.com/channels/100/200/300) · 3 of 4 right · Which file holds the defaults of a chart?',
      '',
      '-# Missed it? Catch up asks only you: it counts for your schedule, not for this result.',
    ])
    const [row] = message?.components ?? []
    const [button] = row?.components ?? []
    expect(button).toMatchObject({ label: 'Catch up' })
    const customId = button !== undefined && 'custom_id' in button ? button.custom_id : ''
    expect(decodeAction(customId)).toEqual({ kind: 'catchUp', roundId: 7 })
  })

  it('says how many answered when none of them may be named, and when nobody did', () => {
    const [hidden] = dailyEndMessages({ ...RESULT, standings: [], players: 2 })
    expect(hidden?.content).toContain('-# 2 people answered')
    expect(hidden?.content).not.toContain('Nobody')
    const nobody = { ...QUESTION, chosenBy: [] }
    const [empty] = dailyEndMessages({ ...RESULT, questions: [nobody], standings: [], players: 0 })
    expect(empty?.content).toMatch(/Nobody answered this time[\s\S]*nobody answered/)
  })

  it('keeps every limit and calls nobody, whatever stands in cards, names and ids', () => {
    const chosenBy = fc.array(
      fc.record({ count: fc.nat(60), names: fc.array(hostileText, { maxLength: 3 }) }),
      { minLength: 2, maxLength: 2 },
    )
    const texts = fc.record({
      prompt: hostileText,
      choices: fc.tuple(hostileText, hostileText),
      explanation: hostileText,
      source: hostileText,
      deckTitle: hostileText,
      reason: hostileText,
      messageId: fc.oneof(hostileText, fc.constant('300')),
      chosenBy,
    })
    fc.assert(
      fc.property(texts, fc.array(hostileText, { maxLength: 4 }), hostileText, (change, names, chatId) => {
        const question = { ...QUESTION, ...change }
        const round = { ...ROUND, chatId, questions: [question] }
        const standings = names.map((name, right) => ({ learnerId: right, name, right, answered: right }))
        const result = { round, questions: [question], standings, players: names.length + 3 }
        const open = dailyQuestionMessage(round, question)
        if (open !== null) expectValid(open, ['time'])
        for (const { bodies } of dailyClosedMessages(result)) for (const body of bodies) expectValid(body)
        for (const body of dailyEndMessages(result)) expectValid(body)
      }),
      { numRuns: 40 },
    )
  })
})
