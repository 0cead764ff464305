import { describe, expect, it } from 'vitest'
import { keyboardOf } from '../../../../src/adapters/telegram/render/keyboard.ts'
import { decodeAction } from '../../../../src/core/actionCodec.ts'
import { GRADES } from '../../../../src/core/grade.ts'
import { type Button, privateScreen } from '../../../../src/core/screen.ts'

const REF = { cardId: 'card', reviewCount: 0, onlyDeck: false }

const button = (label: string, weight: Button['weight'] = 'normal'): Button => ({
  label,
  action: { kind: 'decks' },
  weight,
})
const choice = (label: string): Button => ({
  label,
  action: { kind: 'choose', ref: REF, choice: 'x' },
  weight: 'normal',
})
const layout = (...buttons: Button[][]) => {
  const { rows, listed } = keyboardOf(privateScreen({ buttons }))
  return { rows: rows.map((row) => row.map(({ text }) => text)), marks: listed.map(({ mark }) => mark) }
}

describe('a keyboard', () => {
  it('carries the actions', () => {
    const buttons = GRADES.map(
      (grade): Button => ({
        label: grade,
        action: { kind: 'grade', ref: REF, grade },
        weight: grade === 'good' ? 'primary' : 'normal',
      }),
    )
    const made = keyboardOf(privateScreen({ buttons: [buttons] })).rows.flat()
    const data = made.map((one) => ('callback_data' in one ? decodeAction(one.callback_data) : null))
    expect(data).toEqual(buttons.map(({ action }) => action))
    expect(made.map(({ style }) => style)).toEqual([undefined, undefined, 'primary', undefined])
  })

  it.each([
    ['grades', ['Again · 1 d', 'Hard · 6 d', 'Good · 15 d', 'Easy · 2.1 mo'], [2, 2]],
    ['short words', ['Undo', 'Suspend', 'Why now?'], [3]],
    ['one loud and two long ones', ['Next', 'It was hard · 4 d', 'It was easy · 6 d'], [1, 2]],
    [
      'long and short ones',
      ['Again · again today', 'Hard · again today', 'Good · done', 'Easy · done'],
      [1, 1, 2],
    ],
    ['wide characters', ['一二三四五六七八九', '一二三'], [1, 1]],
    ['more than a row takes', ['1', '2', '3', '4', '5', '6', '7', '8', '9'], [4, 5]],
  ])('breaks a row so that no label is cut: %s', (_, labels, lengths) => {
    const { rows } = layout(labels.map((label) => button(label, 'primary')))
    expect(rows.map((row) => row.length)).toEqual(lengths)
    expect(rows.flat()).toEqual(labels)
  })

  it('shows short choices as they are, without marks', () => {
    expect(layout([choice('`values.yaml`')], [choice('**Pods**')])).toEqual({
      rows: [['values.yaml'], ['Pods']],
      marks: [],
    })
  })

  it('has a letter for every choice when one is longer than 28 characters', () => {
    const long = 'x'.repeat(29)
    expect(layout([choice('a')], [choice(long)], [choice('c')], [button('Undo', 'quiet')])).toEqual({
      rows: [['A', 'B', 'C'], ['Undo']],
      marks: ['A', 'B', 'C'],
    })
    expect(layout([choice('a')], [choice('x'.repeat(28))]).marks).toEqual([])
  })

  it('numbers the entries of a list, and names the others after them', () => {
    const decks = ['Helm', 'Velero', 'Docker'].map((title) => [
      button(`${title} · 12 due, 3 new, 40 of 61 learned`),
      button('Leave', 'quiet'),
    ])
    expect(layout(...decks, [button('Study all', 'primary')])).toEqual({
      rows: [['1', '2', '3'], ['Leave 1', 'Leave 2', 'Leave 3'], ['Study all']],
      marks: ['1', '2', '3'],
    })
  })

  it('keeps the name of an entry that is alone', () => {
    expect(layout([button('Helm · 12 due, 3 new, 40 of 61 learned'), button('Leave', 'quiet')])).toEqual({
      rows: [['Helm', 'Leave']],
      marks: ['Helm'],
    })
  })

  it('lists a label that is too long by itself', () => {
    expect(layout([button('x'.repeat(40), 'primary')])).toEqual({ rows: [['1']], marks: ['1'] })
  })

  it('has no button without something to read', () => {
    expect(layout([choice('![](https://example.org/x.png)'), button('\u200b')]).rows).toEqual([['…', '…']])
  })

  it('opens pages, and leaves to the text what Telegram takes in no button', () => {
    const links = [
      { label: 'Edit note', url: 'https://example.org/edit?a=ü' },
      { label: 'Local', url: 'http://localhost:8080/' },
    ]
    const keyboard = keyboardOf(privateScreen({ buttons: [[button('Undo')]], links }))
    expect(keyboard.rows[1]).toEqual([{ text: 'Edit note', url: 'https://example.org/edit?a=%C3%BC' }])
    expect(keyboard.links).toEqual([links[1]])
  })

  it('leaves out quiet buttons first, and says how many', () => {
    const buttons = Array.from({ length: 60 }, (_, index) => [button(`${index}`), button('Leave', 'quiet')])
    const { rows, leftOut } = keyboardOf(privateScreen({ buttons: [...buttons, [button('All', 'primary')]] }))
    const labels = rows.flat().map(({ text }) => text)
    expect(labels).toHaveLength(100)
    expect(labels.filter((label) => label === 'Leave')).toHaveLength(39)
    expect(labels.at(-1)).toBe('All')
    expect(leftOut).toBe(21)
  })
})
