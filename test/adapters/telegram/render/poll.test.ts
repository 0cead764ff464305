import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quizPoll } from '../../../../src/adapters/telegram/render/poll.ts'
import { hostileText } from './hostile.ts'
import { expectValid } from './telegramRules.ts'

const QUESTION = {
  prompt: 'Which file holds the default **values** of a `helm` chart?',
  choices: ['`values.yaml`', '`Chart.yaml`', '`NOTES.txt`', '`requirements.lock`'],
  right: 0,
  explanation: 'See `helm show values`.',
  deckTitle: 'Helm',
  position: 2,
  total: 10,
}

describe('a question as a quiz poll', () => {
  it('has everything that sendPoll needs', () => {
    expect(quizPoll(QUESTION)).toEqual({
      type: 'quiz',
      is_anonymous: false,
      question: '3/10 · Helm\nWhich file holds the default values of a helm chart?',
      options: [
        { text: 'values.yaml' },
        { text: 'Chart.yaml' },
        { text: 'NOTES.txt' },
        { text: 'requirements.lock' },
      ],
      correct_option_ids: [0],
      explanation: 'See helm show values.',
      explanation_entities: [{ type: 'code', offset: 4, length: 16 }],
    })
  })

  it('leaves out the title of the deck rather than the question', () => {
    const prompt = 'x'.repeat(295)
    expect(quizPoll({ ...QUESTION, prompt })?.question).toBe(`3/10\n${prompt}`)
    expect(quizPoll({ ...QUESTION, prompt: 'x'.repeat(296) })).toBeNull()
  })

  it.each([
    ['too long', 'x'.repeat(101)],
    ['the same as another but for its marks', '**values.yaml**'],
    ['nothing to see', '\u200b'],
  ])('is none when an option is %s', (_, choice) => {
    expect(quizPoll({ ...QUESTION, choices: [...QUESTION.choices, choice] })).toBeNull()
  })

  it('is none with one option or with thirteen', () => {
    const choices = Array.from({ length: 13 }, (_, index) => String(index))
    expect(quizPoll({ ...QUESTION, choices: ['a'] })).toBeNull()
    expect(quizPoll({ ...QUESTION, choices })).toBeNull()
    expect(quizPoll({ ...QUESTION, choices: choices.slice(1) })?.options).toHaveLength(12)
  })

  it.each([['x'.repeat(201)], ['a\\\nb\\\nc\\\nd'], ['']])(
    'leaves out an explanation it cannot show',
    (explanation) => {
      const poll = quizPoll({ ...QUESTION, explanation })
      expect(poll).toMatchObject({ correct_option_ids: [0] })
      expect(poll).not.toHaveProperty('explanation')
      expect(poll).not.toHaveProperty('explanation_entities')
    },
  )

  it('calls nobody by name', () => {
    const poll = quizPoll({ ...QUESTION, prompt: 'Who is @ann?', explanation: '@all of you' })
    expect(poll).toMatchObject({
      question: '3/10 · Helm\nWho is @\u2060ann?',
      explanation: '@\u2060all of you',
    })
  })

  it('says which right choice is out of range', () => {
    expect(() => quizPoll({ ...QUESTION, right: 4 })).toThrow(
      'right is 4: give the index of one of the 4 choices',
    )
  })

  it('keeps every limit, whatever stands in the card', () => {
    fc.assert(
      fc.property(
        fc.array(hostileText, { minLength: 1, maxLength: 14 }),
        hostileText,
        hostileText,
        hostileText,
        (choices, prompt, explanation, deckTitle) => {
          const poll = quizPoll({ ...QUESTION, choices, prompt, explanation, deckTitle })
          if (poll === null) return
          expect(poll.question.length).toBeLessThanOrEqual(300)
          expect(poll.question.isWellFormed()).toBe(true)
          for (const { text } of poll.options) {
            expect(text.trim().length).toBeGreaterThan(0)
            expect(text.length).toBeLessThanOrEqual(100)
          }
          if (poll.explanation === undefined) return
          expect(poll.explanation.length).toBeLessThanOrEqual(200)
          expect(poll.explanation.split('\n').length).toBeLessThanOrEqual(3)
          expectValid({ text: poll.explanation, entities: poll.explanation_entities ?? [] })
        },
      ),
      { numRuns: 300 },
    )
  })
})
