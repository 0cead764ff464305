import { describe, expect, it } from 'vitest'
import { type BuildInput, buildDecks } from '../../../src/notes/buildDecks.ts'
import type { TextFile } from '../../../src/notes/textFile.ts'
import { build, said } from '../building.ts'

const NOTES = `# Services

Q: Which protocol does a port use when none is set?
A: TCP

Q: How many Pods does a node run at most?
A: About a hundred Pods on each
`
const EDITED = NOTES.replace('A: TCP', 'A: UDP').replace('About a hundred', 'Around a hundred')

const first = build({ 'a.md': NOTES })
const [port, pods] = (first.decks[0]?.cards ?? []).map(({ id }) => id)

function rebuilt(
  text: string,
  relearn: BuildInput['relearn'] = 'none',
  previous: readonly TextFile[] = first.all,
) {
  const files: TextFile[] = [{ path: 'notes/a.md', text }]
  return buildDecks({ files, previous, gone: new Set(), outFolder: 'decks', relearn })
}

describe('a card whose answer means something else', () => {
  it('is named, and keeps its history unless it is said otherwise', () => {
    const { changes, decks } = rebuilt(EDITED)
    expect(changes.edited.map(({ id, newMeaning }) => [id, newMeaning])).toEqual([
      [port, 'other words'],
      [pods, null],
    ])
    expect(decks[0]?.cards.map(({ id }) => id)).toEqual([port, pods])
  })

  it('starts afresh under a new id when asked to, and alone', () => {
    const { changes, decks, files } = rebuilt(EDITED, 'changed')
    const ids = decks[0]?.cards.map(({ id }) => id) ?? []
    expect(ids[0]).not.toBe(port)
    expect(ids[1]).toBe(pods)
    expect(changes.retired.map(({ id }) => id)).toEqual([port])
    // And it stays so.
    const again = rebuilt(EDITED, 'none', files)
    expect(again.files).toEqual([])
    expect(again.decks[0]?.cards.map(({ id }) => id)).toEqual(ids)
  })

  it('can be asked to start afresh later, by its id', () => {
    const kept = rebuilt(EDITED)
    const { decks } = rebuilt(EDITED, new Set([port ?? '']), kept.files)
    const ids = decks[0]?.cards.map(({ id }) => id) ?? []
    expect(ids[0]).not.toBe(port)
    expect(ids[1]).toBe(pods)
  })

  it('keeps an id that is fixed in the notes', () => {
    const fixed = build({ 'a.md': NOTES.replace('is set?', 'is set? {#proto}') })
    const { decks, findings } = rebuilt(EDITED.replace('is set?', 'is set? {#proto}'), 'changed', fixed.all)
    expect(decks[0]?.cards[0]?.id).toBe('proto')
    expect(findings.map(said)).toEqual([
      'notes/a.md:3: warning: “Which protocol does a port use when none is set?” keeps its history, since its id is fixed: to have it learned anew, write another id than {#proto}',
    ])
  })

  it('must be one there is', () => {
    expect(() => rebuilt(EDITED, new Set(['nosuchcard']))).toThrow(
      /^No card of these decks has the id "nosuchcard"/,
    )
  })
})
