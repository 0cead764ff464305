import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deckIdOf, readDeckFile } from '../../../src/notes/deckFile.ts'
import type { TextFile } from '../../../src/notes/textFile.ts'
import { build, said } from '../building.ts'
import { EDITS, endRound, oneOf, type Pick, randomModel } from './edits.ts'
import { type Model, rendered } from './model.ts'

/** Notes, each of them edited in rounds of one to three edits: 200 times in all. */
const RUNS = 100
const ROUNDS = 2

interface Built {
  readonly all: TextFile[]
  /** The id of the card that asks a question, by the question's key. */
  readonly ids: Map<string, string>
  readonly prompts: Map<string, string>
  readonly retired: Set<string>
}

function built(model: Model, previous: readonly TextFile[]): Built {
  const files = model.files.map((file) => ({ file, ...rendered(file) }))
  const result = build(Object.fromEntries(files.map(({ file, text }) => [`${file.name}.md`, text])), previous)
  const errors = result.findings.filter(({ level }) => level === 'error')
  if (errors.length > 0) throw new Error(errors.map(said).join('\n'))
  const ids = new Map<string, string>()
  const prompts = new Map<string, string>()
  const retired = new Set<string>()
  for (const { path, text } of result.all) {
    const deck = readDeckFile(path, text)
    for (const { id } of deck.retired) retired.add(id)
    const source = files.find(({ file }) => deckIdOf(file.name) === deck.id)
    for (const card of deck.cards) {
      const key = source?.keyOf(card) ?? null
      if (key === null) continue
      ids.set(key, card.id)
      prompts.set(key, `${card.prompt} → ${card.answer}`)
    }
  }
  return { all: result.all, ids, prompts, retired }
}

/** What a person would object to after an edit. */
function objections(before: Built, after: Built, unclear: ReadonlySet<string>): string[] {
  const found: string[] = []
  const old = new Map([...before.ids].map(([key, id]) => [id, key]))
  const say = (key: string, what: string): void => {
    found.push(`${what}: ${before.prompts.get(key) ?? 'new'}  ⇒  ${after.prompts.get(key) ?? 'gone'}`)
  }
  for (const [key, id] of after.ids) {
    if (unclear.has(key)) continue
    const was = before.ids.get(key)
    const other = old.get(id)
    if (was !== undefined && was !== id) say(key, 'lost its id')
    if (was === undefined && other !== undefined) say(key, `took the id of “${before.prompts.get(other)}”`)
  }
  for (const [key, id] of before.ids) {
    if (!after.ids.has(key) && !unclear.has(key) && !after.retired.has(id)) say(key, 'was not retired')
  }
  if (new Set(after.ids.values()).size !== after.ids.size) found.push('two cards have one id')
  return found
}

describe('ids under random edits', () => {
  it(`are kept by every question that stays and by no other, ${RUNS * ROUNDS} times`, () => {
    const counts = new Map<string, number>()
    fc.assert(
      fc.property(fc.gen(), (gen) => {
        const pick: Pick = (size) => gen(fc.nat, { max: Math.max(0, size - 1) })
        const model = randomModel(pick)
        let before = built(model, [])
        for (let round = 0; round < ROUNDS; round++) {
          const done: string[] = []
          for (let left = 1 + pick(3); left > 0; left--) {
            const name = oneOf(Object.keys(EDITS), pick) ?? ''
            if (EDITS[name]?.(model, pick) !== true) continue
            done.push(name)
            counts.set(name, (counts.get(name) ?? 0) + 1)
          }
          const after = built(model, before.all)
          const wrong = objections(before, after, model.unclear)
          if (wrong.length > 0) throw new Error(`after ${done.join(' + ')}:\n${wrong.join('\n')}`)
          before = after
          endRound(model)
        }
      }),
      { numRuns: RUNS, seed: 20261122 },
    )
    expect([...counts.keys()].sort()).toEqual(Object.keys(EDITS).sort())
  }, 120_000)
})
