import { ButtonStyle, ComponentType } from 'discord.js'
import { describe, expect, it } from 'vitest'
import { componentsOf } from '../../../../src/adapters/discord/render/buttons.ts'
import { decodeInput } from '../../../../src/adapters/discord/render/input.ts'
import { MENU_PREFIX } from '../../../../src/adapters/discord/render/menu.ts'
import { decodeAction } from '../../../../src/core/actionCodec.ts'
import { GRADES } from '../../../../src/core/grade.ts'
import { type Button, privateScreen, type Screen } from '../../../../src/core/screen.ts'

const REF = { cardId: 'card', reviewCount: 0, onlyDeck: false }

/** Each with an action of its own: Discord takes none twice. */
let made = 0
const button = (label: string, weight: Button['weight'] = 'normal'): Button => ({
  label,
  action: { kind: 'study', deckId: `deck-${made++}` },
  weight,
})
const choice = (label: string): Button => ({
  label,
  action: { kind: 'choose', ref: REF, choice: (made++).toString(36) },
  weight: 'normal',
})
const undo: Button = { label: 'Undo', action: { kind: 'undo', ref: null }, weight: 'quiet' }

/** The labels of the buttons in each row; a menu as its options in one more array. */
function layout(parts: Partial<Screen>) {
  return componentsOf(privateScreen(parts)).rows.map((row) =>
    row.components.map((one) => {
      if (one.type === ComponentType.StringSelect) return one.options.map(({ label }) => label)
      return 'label' in one ? one.label : one.type
    }),
  )
}

describe('buttons', () => {
  it('carry the actions, and one is loud', () => {
    const buttons = GRADES.map(
      (grade): Button => ({
        label: grade,
        action: { kind: 'grade', ref: REF, grade },
        weight: grade === 'good' ? 'primary' : grade === 'easy' ? 'quiet' : 'normal',
      }),
    )
    const { rows } = componentsOf(privateScreen({ buttons: [buttons] }))
    const all = rows.flatMap((row) => row.components)
    expect(all.map((one) => ('custom_id' in one ? decodeAction(one.custom_id) : null))).toEqual(
      buttons.map(({ action }) => action),
    )
    const { Primary, Secondary } = ButtonStyle
    expect(all.map((one) => ('style' in one ? one.style : null))).toEqual([
      Secondary,
      Secondary,
      Primary,
      Secondary,
    ])
  })

  it('warn of what cannot be undone', () => {
    const forget: Button = { label: 'Delete for good', action: { kind: 'forget' }, weight: 'quiet' }
    const { rows } = componentsOf(privateScreen({ buttons: [[forget]] }))
    expect(rows[0]?.components[0]).toMatchObject({ style: ButtonStyle.Danger, custom_id: 'fd' })
  })

  it('show short choices as they are, each in a row', () => {
    expect(layout({ buttons: [[choice('`values.yaml`')], [choice('**Pods**')], [undo]] })).toEqual([
      ['values.yaml'],
      ['Pods'],
      ['Undo'],
    ])
  })

  it('have a letter for every choice when one is longer than 38 characters', () => {
    const buttons = [[choice('a')], [choice('x'.repeat(39))], [choice('c')], [undo]]
    expect(layout({ buttons })).toEqual([['A', 'B', 'C'], ['Undo']])
    expect(componentsOf(privateScreen({ buttons })).listed.map(({ mark }) => mark)).toEqual(['A', 'B', 'C'])
    expect(layout({ buttons: [[choice('x'.repeat(38))]] })).toEqual([['x'.repeat(38)]])
  })

  it('have a number for a label that Discord would refuse', () => {
    expect(layout({ buttons: [[button('x'.repeat(81)), button('x'.repeat(80))]] })).toEqual([
      ['1', 'x'.repeat(80)],
    ])
  })

  it('have something to read', () => {
    expect(layout({ buttons: [[choice('![](https://example.org/x.png)'), button('\u200b')]] })).toEqual([
      ['…', '…'],
    ])
  })

  it('break a row of more than five evenly', () => {
    const row = ['1', '2', '3', '4', '5', '6', '7'].map((label) => button(label))
    expect(layout({ buttons: [row] })).toEqual([
      ['1', '2', '3', '4'],
      ['5', '6', '7'],
    ])
  })

  it('are one when they ask the same', () => {
    expect(layout({ buttons: [[undo], [{ ...undo, label: 'Take it back' }]] })).toEqual([['Undo']])
  })

  it('stand beside one another when short ones need more than five rows', () => {
    const changes = ['Time zone', 'Start of day', 'New cards', 'Reviews', 'Reminder']
    expect(
      layout({ buttons: [...changes.map((label) => [button(label)]), [button('Study', 'primary')]] }),
    ).toEqual([['Time zone', 'Start of day', 'New cards'], ['Reviews', 'Reminder'], ['Study']])
  })
})

describe('a menu', () => {
  const decks = (count: number) =>
    Array.from({ length: count }, (_, index) => [button(`Kubernetes providers ${index} · 12 due`)])

  it('takes the place of a list that needs more than five rows', () => {
    const screen = { buttons: [...decks(18), [button('Study all', 'primary'), button('Leave', 'quiet')]] }
    const rows = layout(screen)
    expect(rows.map((row) => row.length)).toEqual([1, 2])
    expect(rows[0]?.[0]).toHaveLength(18)
    expect(rows[1]).toEqual(['Study all', 'Leave'])
  })

  it('carries the actions as values', () => {
    const buttons = decks(6)
    const menu = componentsOf(privateScreen({ buttons })).rows[0]?.components[0]
    if (menu?.type !== ComponentType.StringSelect) throw new Error('no menu')
    expect(menu.custom_id).toBe(`${MENU_PREFIX}0`)
    expect(decodeAction(menu.custom_id)).toBeNull()
    expect(menu.placeholder).toBe('Pick a deck')
    expect(menu.options.map(({ value }) => decodeAction(value))).toEqual(
      buttons.flat().map(({ action }) => action),
    )
  })

  it('is one of several when there are more than 25 things to pick, and says which', () => {
    const { rows } = componentsOf(privateScreen({ buttons: decks(60) }))
    const menus = rows.map((row) => row.components[0])
    expect(
      menus.map((menu) => (menu?.type === ComponentType.StringSelect ? menu.options.length : 0)),
    ).toEqual([20, 20, 20])
    expect(menus[1]).toMatchObject({
      placeholder: 'Kubernetes providers 20 … Kubernetes providers 39',
    })
  })

  it('leaves out what is beside the point where even menus are too small, and says how much', () => {
    const quiet = Array.from({ length: 10 }, () => [button('Leave', 'quiet')])
    const { rows, leftOut } = componentsOf(
      privateScreen({ buttons: [...quiet, ...decks(122), [button('All', 'primary')]] }),
    )
    expect(rows).toHaveLength(5)
    expect(leftOut).toBe(8)
  })

  it('has a number for words that are too long for it', () => {
    const buttons = [...decks(6), [button('x'.repeat(101))]]
    const { rows, listed } = componentsOf(privateScreen({ buttons }))
    const menu = rows[0]?.components[0]
    expect(menu?.type === ComponentType.StringSelect && menu.options.at(-1)?.label).toBe('1')
    expect(listed.map(({ mark }) => mark)).toEqual(['1'])
  })
})

describe('links', () => {
  it('stand in the last row, and in the text where Discord takes them in no button', () => {
    const links = [
      { label: 'Edit note', url: 'https://example.org/edit?a=ü' },
      { label: 'Local', url: 'http://localhost:8080/' },
      { label: 'Long', url: `https://example.org/${'x'.repeat(500)}` },
    ]
    const made = componentsOf(privateScreen({ buttons: [[undo]], links }))
    expect(made.rows[0]?.components[1]).toEqual({
      type: ComponentType.Button,
      style: ButtonStyle.Link,
      label: 'Edit note',
      url: 'https://example.org/edit?a=%C3%BC',
    })
    expect(made.links).toEqual(links.slice(1))
  })

  it('have a row of their own where the last one is full', () => {
    const row = ['1', '2', '3', '4', '5'].map((label) => button(label))
    const links = [{ label: 'Edit note', url: 'https://example.org/' }]
    expect(layout({ buttons: [row], links })[1]).toEqual(['Edit note'])
  })
})

describe('a button to write', () => {
  const show = button('I don’t know', 'primary')

  it('comes first for an answer, and is the loud one', () => {
    const input = { kind: 'answer', ref: REF, label: 'Your answer' } as const
    const { rows } = componentsOf(privateScreen({ buttons: [[show], [undo]], input }))
    expect(rows[0]?.components).toMatchObject([
      { label: 'Write your answer', style: ButtonStyle.Primary },
      { label: 'I don’t know', style: ButtonStyle.Secondary },
    ])
    const [write] = rows[0]?.components ?? []
    expect(write !== undefined && 'custom_id' in write && decodeInput(write.custom_id)).toEqual(input)
  })

  it('comes last for a setting that can be picked', () => {
    const input = { kind: 'setting', name: 'timeZone', label: 'Time zone', first: true } as const
    const zones = [[button('Berlin', 'primary')], [button('London')]]
    expect(layout({ buttons: zones, input })).toEqual([['Berlin'], ['London'], ['Write it']])
    const keep = button('Keep it', 'quiet')
    expect(layout({ buttons: [...zones, [keep]], input })).toEqual([
      ['Berlin'],
      ['London'],
      ['Write it', 'Keep it'],
    ])
  })

  it('is there where nothing else is, and where the row beside it is full', () => {
    const input = { kind: 'report', ref: REF, label: 'What is wrong' } as const
    expect(layout({ input })).toEqual([['Write what is wrong']])
    const row = ['1', '2', '3', '4', '5'].map((label) => button(label, 'quiet'))
    expect(layout({ buttons: [row], input })).toEqual([
      ['Write what is wrong', '1', '2'],
      ['3', '4', '5'],
    ])
  })

  it('of a card of one’s own is the core’s button to edit it', () => {
    const input = { kind: 'ownCard', draftId: 'd1', prompt: '', answer: '', label: 'Card' } as const
    const { rows } = componentsOf(privateScreen({ input }))
    expect(rows[0]?.components).toMatchObject([{ label: 'Write the card', custom_id: 'we:d1' }])
  })
})
