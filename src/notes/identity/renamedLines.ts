import type { Profile } from './likeness.ts'
import type { Matching } from './matching.ts'
import { isInitialsOf, isPart, isReworded, isTurnedRound, matterOf, overlapOf, shared } from './words.ts'

/** Cells that no other line has, and a line with as many is known by them, whatever it is called. */
const TELLING_CELLS = 2
/** Lines looked at for one that may be renamed. */
const MOST_CANDIDATES = 40

/** A row or a column of a table: its cells by the name of the line that crosses it there. */
interface Line {
  readonly name: string
  readonly deck: string
  readonly cells: Map<string, Cell>
}

interface Cell {
  readonly answer: string
  readonly isTelling: boolean
  /** Places of the cell's cards by side. */
  readonly places: Map<string, number>
}

type Axis = 'row' | 'column'

/**
 * A row or column of a table that goes by another name is the same one when the new name is made of the old
 * ("EKS", "Amazon EKS") and most of its cells say what they said, or when all of them do and two say what is
 * said nowhere else. "yes, yes, no" under another name is another row.
 */
export function joinRenamedLines(matching: Matching): void {
  const names = { row: new Map<string, string>(), column: new Map<string, string>() }
  // A table of which one row and one column are renamed needs the one to see the other.
  for (const axis of ['row', 'column', 'row', 'column'] as const) {
    const after = linesOf(matching, matching.now, axis, (place) => matching.matches[place] === null)
    if (after.length === 0) return
    const before = linesOf(matching, matching.old, axis, (place) => !matching.isTaken(place))
    joinLines(matching, before, after, axis, names)
  }
}

function joinLines(
  matching: Matching,
  before: readonly Line[],
  after: readonly Line[],
  axis: Axis,
  names: Record<Axis, Map<string, string>>,
): void {
  const crossing = names[axis === 'row' ? 'column' : 'row']
  const byCell = new Map<string, number[]>()
  const keyOf = (cross: string, cell: Cell): string => `${cross}\n${cell.answer}`
  before.forEach((line, index) => {
    for (const [cross, cell] of line.cells) {
      const key = keyOf(cross, cell)
      byCell.set(key, [...(byCell.get(key) ?? []).slice(0, MOST_CANDIDATES), index])
    }
  })
  const used = new Set<Line>()
  for (const line of after) {
    const wasCalled = (cross: string): string => crossing.get(`${line.deck}\n${cross}`) ?? cross
    const near = new Set<number>()
    for (const [cross, cell] of line.cells) {
      for (const index of byCell.get(keyOf(wasCalled(cross), cell)) ?? []) near.add(index)
    }
    const [best] = [...near]
      .flatMap((index) => {
        const old = before[index]
        const score = old === undefined || used.has(old) ? 0 : agreement(old, line, wasCalled)
        return old === undefined || score === 0 ? [] : [{ old, score }]
      })
      .sort((a, b) => b.score - a.score)
    if (best === undefined) continue
    used.add(best.old)
    names[axis].set(`${line.deck}\n${line.name}`, best.old.name)
    for (const [cross, cell] of line.cells) {
      const oldCell = best.old.cells.get(wasCalled(cross))
      // What asks backwards goes with the value, wherever in the row it stands now.
      const sameValue = [...best.old.cells.values()].find(({ answer }) => answer === cell.answer)
      for (const [side, place] of cell.places) {
        const was = (side === 'back' && axis === 'row' ? (sameValue ?? oldCell) : oldCell)?.places.get(side)
        if (was !== undefined) matching.join({ before: was, after: place })
      }
    }
  }
}

/** How sure it is that two lines are one, from 0 (not at all) to 2.5. */
function agreement(old: Line, now: Line, wasCalled: (cross: string) => string): number {
  const cells = [...now.cells].flatMap(([cross, cell]) => {
    const was = old.cells.get(wasCalled(cross))
    return was === undefined ? [] : [{ was, cell }]
  })
  const size = Math.max(old.cells.size, now.cells.size)
  const same = cells.filter(({ was, cell }) => was.answer === cell.answer)
  if (old.name === now.name) return 0
  const [a, b] = [matterOf(old.name), matterOf(now.name)]
  const words = shared(a, b)
  if (isTurnedRound(words)) return 0
  if (isReworded(words)) return 1.5 + same.length / size
  const isRelated = isPart(words) || isInitialsOf(a, b) || overlapOf(words) >= 0.6
  if (isRelated && same.length * 2 >= size) return 1 + same.length / size
  const telling = same.filter(({ was }) => was.isTelling).length
  return same.length === cells.length && cells.length * 2 >= size && telling >= TELLING_CELLS ? 1 : 0
}

/** The lines of all tables that have a card `isOpen` tells to be still open. */
function linesOf(
  matching: Matching,
  cards: readonly Profile[],
  axis: Axis,
  isOpen: (place: number) => boolean,
): Line[] {
  const lines = new Map<string, Line>()
  cards.forEach((card, place) => {
    const at = card.about.indexOf(' / ')
    if (at < 0 || !isOpen(place)) return
    const [row, column] = [card.about.slice(0, at), card.about.slice(at + 3)]
    const [name, cross] = axis === 'row' ? [row, column] : [column, row]
    const key = `${card.deck}\n${card.context}\n${name}`
    const line = lines.get(key) ?? { name, deck: card.deck, cells: new Map<string, Cell>() }
    lines.set(key, line)
    const cell = line.cells.get(cross)
    if (cell !== undefined) cell.places.set(card.side, place)
    else if (card.side === 'front') {
      const isTelling = matching.isDistinctive(card)
      line.cells.set(cross, { answer: card.answer, isTelling, places: new Map([['front', place]]) })
    }
  })
  return [...lines.values()]
}
