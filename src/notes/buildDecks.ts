import type { Deck } from '../core/card.ts'
import { changesOf, type DeckChanges, storedCard } from './changes.ts'
import { DeckFileError, deckIdOf, deckOf, readDeckFile, type StoredDeck } from './deckFile.ts'
import { deckText } from './deckText.ts'
import { cardsOf } from './draftCards.ts'
import { compareText, type Finding, sortFindings } from './finding.ts'
import { assignIds } from './identity/assignIds.ts'
import type { IdentifiedCard, OldCard, PlacedFact } from './identity/cards.ts'
import { checkRelearn, type Relearn } from './identity/relearn.ts'
import { type AskedCard, lintCards } from './lint.ts'
import { factsOf, NOTES_ENDINGS, readNotes } from './readNotes.ts'
import { keepRetired } from './retired.ts'
import type { TextFile } from './textFile.ts'

export interface BuildInput {
  /** The notes. */
  readonly files: readonly TextFile[]
  /** Every deck file there is, also of notes that are not built now. */
  readonly previous: readonly TextFile[]
  /** Paths of notes that decks were made from and that are there no longer. */
  readonly gone: ReadonlySet<string>
  /** The folder for deck files, without a slash at its end. */
  readonly outFolder: string
  /** Cards that are to be learned anew; none unless said. */
  readonly relearn?: Relearn
}

export interface BuildResult {
  readonly decks: readonly Deck[]
  /** Deck files whose content is new. */
  readonly files: readonly TextFile[]
  /** Deck files whose notes are gone and whose cards all live on elsewhere. */
  readonly obsolete: readonly string[]
  readonly changes: DeckChanges
  readonly findings: readonly Finding[]
}

/** Notes that could be read, with the facts of their cards. */
interface Source {
  readonly path: string
  readonly deck: string
  readonly title: string
  readonly facts: readonly PlacedFact[]
}

/**
 * Makes decks of notes. The same input gives the same bytes, in whatever order the files come. A file that
 * cannot be read, or has an error in its cards, is reported and its deck left as it is; the others are built.
 */
export function buildDecks(input: BuildInput): BuildResult {
  const result = buildAll(input)
  const broken = new Set(
    result.findings
      .filter(({ level, rule }) => level === 'error' && !FILE_RULES.has(rule))
      .map(({ file }) => file),
  )
  if (broken.size === 0) return result
  const files = input.files.filter(({ path }) => !broken.has(path))
  if (files.length === input.files.length) return { ...result, files: [], obsolete: [] }
  const rest = buildDecks({ ...input, files })
  const ofBroken = result.findings.filter(({ file }) => broken.has(file))
  return { ...rest, findings: sortFindings([...ofBroken, ...rest.findings]) }
}

function buildAll(input: BuildInput): BuildResult {
  const findings: Finding[] = []
  const report = (finding: Finding): void => void findings.push(finding)
  const previous = readPrevious(input, report)
  const sources = readSources(input, previous, report)

  const ids = new Set(sources.map(({ deck }) => deck))
  const isPart = (deck: StoredDeck): boolean => ids.has(deck.id) || input.gone.has(deck.source)
  const part = previous.decks.filter(isPart)
  const others = previous.decks.filter((deck) => !isPart(deck))
  const old = [...part.flatMap(liveCards), ...part.flatMap(retiredCards)]
  const placed = sources.flatMap(({ facts }) => facts)
  const { relearn = 'none' } = input
  checkRelearn(relearn, old)
  const cards = assignIds(placed, old, placesOf(others), relearn, report)
  findings.push(...lintCards(cards, others.flatMap(askedIn)))

  const continued = new Set(cards.map((card) => card.old))
  const left = old.filter((card) => !continued.has(card))
  const { decks: stored, obsolete } = keepRetired(decksOf(sources, cards), part, left)
  const before = new Map(input.previous.map(({ path, text }) => [path, text]))
  const files = stored
    .map((deck) => ({ path: `${input.outFolder}/${deck.id}.yaml`, text: deckText(deck) }))
    .filter(({ path, text }) => before.get(path) !== text)
  return {
    decks: stored.map(deckOf),
    files,
    obsolete: obsolete.map((id) => `${input.outFolder}/${id}.yaml`),
    changes: changesOf(
      cards,
      left.filter((card) => !card.isRetired),
    ),
    findings: sortFindings(findings),
  }
}

/** Errors found while a file is read: it is left out already. */
const FILE_RULES = new Set([
  'file',
  'deck-file',
  'front-matter',
  'directive',
  'questions',
  'deck-name',
  'unclosed',
])

function readPrevious(
  input: BuildInput,
  report: (finding: Finding) => void,
): { decks: StoredDeck[]; unreadable: Set<string> } {
  const decks: StoredDeck[] = []
  const unreadable = new Set<string>()
  for (const { path, text } of [...input.previous].sort((a, b) => compareText(a.path, b.path))) {
    try {
      decks.push(readDeckFile(path, text))
    } catch (error) {
      if (!(error instanceof DeckFileError)) throw error
      unreadable.add(deckIdOf(path))
      report({ level: 'error', file: path, line: error.line, rule: 'deck-file', message: error.problem })
    }
  }
  return { decks, unreadable }
}

function readSources(
  input: BuildInput,
  previous: { decks: StoredDeck[]; unreadable: Set<string> },
  report: (finding: Finding) => void,
): Source[] {
  const owners = new Map(previous.decks.map(({ id, source }) => [id, source]))
  const built = new Map<string, string>()
  const sources: Source[] = []
  for (const { path, text } of [...input.files].sort((a, b) => compareText(a.path, b.path))) {
    const fail = (rule: string, message: string): void =>
      report({ level: 'error', file: path, line: 1, rule, message })
    const deck = deckIdOf(path)
    const owner = owners.get(deck)
    const other =
      built.get(deck) ?? (owner !== path && owner !== undefined && !input.gone.has(owner) ? owner : undefined)
    if (previous.unreadable.has(deck)) continue
    if (deck === '')
      fail('deck-name', `no deck can be named after "${path}": give the file a name with letters`)
    else if (other !== undefined)
      fail('deck-name', `${other} makes the deck "${deck}" too: rename one of the two`)
    else {
      built.set(deck, path)
      const source = readSource(path, text, deck, report)
      if (source !== null) sources.push(source)
    }
  }
  return sources
}

function readSource(
  path: string,
  text: string,
  deck: string,
  report: (finding: Finding) => void,
): Source | null {
  const notes = readNotes(path, text)
  if (notes === null) {
    const message = `notes of this kind cannot be read: the name must end in ${NOTES_ENDINGS.join(', ')}`
    report({ level: 'error', file: path, line: 1, rule: 'file', message })
    return null
  }
  let isBroken = false
  const local = (finding: Omit<Finding, 'file'>): void => {
    if (finding.level === 'error') isBroken = true
    report({ ...finding, file: path })
  }
  notes.findings.forEach(local)
  const facts = cardsOf(factsOf(notes, local), local)
  if (isBroken) return null
  if (facts.length === 0) {
    const message =
      text.trim() === ''
        ? 'the file is empty: write notes in it, or delete it'
        : 'no facts found here, so there is no deck: docs/notes-format.md shows what makes a card'
    report({ level: 'warning', file: path, line: 1, rule: 'no-cards', message })
  }
  const title = notes.title?.trim() || deck
  return { path, deck, title, facts: facts.map((fact) => ({ deck, file: path, fact })) }
}

function decksOf(sources: readonly Source[], cards: readonly IdentifiedCard[]): StoredDeck[] {
  const byDeck = Map.groupBy(cards, ({ deck }) => deck)
  return sources.map(({ deck, title, path }) => ({
    id: deck,
    title,
    source: path,
    cards: (byDeck.get(deck) ?? []).map(storedCard),
    retired: [],
  }))
}

function liveCards(deck: StoredDeck): OldCard[] {
  return deck.cards.map((card) => ({ ...card, deck: deck.id, isRetired: false }))
}

function retiredCards(deck: StoredDeck): OldCard[] {
  return deck.retired.map((card) => ({ ...card, context: [], deck: deck.id, isRetired: true }))
}

/** The ids of decks that are not built now, with the place of their card. */
function placesOf(decks: readonly StoredDeck[]): Map<string, string> {
  return new Map(
    decks.flatMap(({ source, cards, retired }) => [
      ...retired.map(({ id }): [string, string] => [id, `a retired card of ${source}`]),
      ...cards.map(({ id, line }): [string, string] => [id, `${source}:${line}`]),
    ]),
  )
}

/** What decks that are not built now ask. */
function askedIn({ source, cards }: StoredDeck): AskedCard[] {
  return cards.map(({ prompt, answer, about, line }) => ({
    file: source,
    // Only questions that a person wrote are their own subject.
    card: { prompt, answer, line, written: about === undefined },
  }))
}
