import { ComponentType, TextInputStyle } from 'discord.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isVisible } from '../../../../src/adapters/discord/render/harmless.ts'
import { decodeInput, encodeInput } from '../../../../src/adapters/discord/render/input.ts'
import { modalOf, TEXT_FIELD } from '../../../../src/adapters/discord/render/modal.ts'
import { decodeAction } from '../../../../src/core/actionCodec.ts'
import { requestOf } from '../../../../src/core/screen.ts'
import { hostileText, modalInput } from './hostile.ts'

const REF = { cardId: 'helm-values', reviewCount: 36, onlyDeck: true }

describe('what written text is taken for', () => {
  it('is read back from the custom_id', () => {
    const answer = { kind: 'answer', ref: REF, label: 'Your answer' } as const
    expect(encodeInput(answer)).toBe('w:v:helm-values:10:1')
    expect(decodeInput('w:v:helm-values:10:1')).toEqual(answer)
    const setting = { kind: 'setting', name: 'reminder', label: 'Reminder', first: true } as const
    expect(encodeInput(setting)).toBe('w:q:reminder:first')
    expect(decodeInput('w:q:reminder:first')).toEqual(setting)
  })

  it('asks the same of the core afterwards, in at most 100 characters', () => {
    fc.assert(
      fc.property(modalInput, fc.string(), (input, text) => {
        const customId = encodeInput(input)
        expect(customId.length).toBeLessThanOrEqual(100)
        expect(decodeAction(customId)).toBeNull()
        const read = decodeInput(customId)
        expect(read !== null && requestOf(read, text)).toEqual(requestOf(input, text))
      }),
    )
  })

  it.each([
    '',
    'w:',
    'v:card:0:0',
    'w:v:card:0',
    'w:v:card:007:0',
    'w:v:card:0:0:first',
    'w:n:card:0:0:first',
    'w:q:nonsense',
    'w:q:reminder:first:first',
    'w:u',
    'w:e:helm',
    'w:w:v:card:0:0',
    'W:v:card:0:0',
    `w:v:${'a'.repeat(25)}:0:0`,
    `w:${'x'.repeat(4000)}`,
  ])('is nothing for %s', (customId) => {
    expect(decodeInput(customId)).toBeNull()
  })

  it('is written in one way only', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'wvqn:01a-first'), maxLength: 30 }), (tail) => {
        const read = decodeInput(`w:${tail}`)
        if (read !== null) expect(encodeInput(read)).toBe(`w:${tail}`)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a modal', () => {
  it('shows the question and takes one line', () => {
    const input = { kind: 'answer', ref: REF, label: 'Your answer' } as const
    expect(modalOf(input, 'Which file?')).toEqual({
      custom_id: encodeInput(input),
      title: 'Answer',
      components: [
        { type: ComponentType.TextDisplay, content: 'Which file?' },
        {
          type: ComponentType.Label,
          label: 'Your answer',
          component: {
            type: ComponentType.TextInput,
            custom_id: TEXT_FIELD,
            style: TextInputStyle.Short,
            max_length: 4000,
            required: true,
          },
        },
      ],
    })
  })

  it('has room for sentences in a report', () => {
    const [field] = modalOf({ kind: 'report', ref: REF, label: 'What is wrong' }, '').components
    expect(field).toMatchObject({ component: { style: TextInputStyle.Paragraph, max_length: 1000 } })
  })

  it('keeps every limit, whatever stands in it', () => {
    fc.assert(
      fc.property(modalInput, hostileText, (input, question) => {
        const { custom_id, title, components } = modalOf(input, question)
        expect(custom_id.length).toBeLessThanOrEqual(100)
        expect(title.length).toBeLessThanOrEqual(45)
        expect(components.length).toBeLessThanOrEqual(5)
        for (const component of components) {
          if (component.type === ComponentType.TextDisplay) {
            expect(isVisible(component.content)).toBe(true)
            expect(component.content.length).toBeLessThanOrEqual(4000)
          } else {
            if (component.type !== ComponentType.Label) throw new Error(`type ${component.type}`)
            expect(isVisible(component.label)).toBe(true)
            expect(component.label.length).toBeLessThanOrEqual(45)
          }
        }
      }),
    )
  })
})
