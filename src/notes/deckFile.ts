import { load, YAMLException } from 'js-yaml'
import { z } from 'zod'
import { CARD_ID_MAX_LENGTH, type Card, DECK_ID_MAX_LENGTH, type Deck, WRONG_CHOICES } from '../core/card.ts'
import { lineOfPath } from './yamlPlace.ts'

const text = z.string().trim().min(1)
const id = z
  .string()
  .max(CARD_ID_MAX_LENGTH)
  .regex(/^[a-z0-9-]+$/, 'use a-z, 0-9 and "-"')
const kind = z.enum(['basic', 'choice', 'typed', 'cloze'])
const asked = {
  id,
  fact: id,
  /** What the fact is about; left out where the prompt says it all. */
  about: text.optional(),
  /** Which way round; left out for `front`. */
  side: z
    .union([z.enum(['front', 'back', 'outsider']), z.templateLiteral(['gap-', z.int().positive()])])
    .default('front'),
  kind,
  prompt: text,
  answer: text,
}
const card = z.strictObject({
  ...asked,
  accept: z.array(text).default([]),
  wrong: z
    .array(text)
    .length(WRONG_CHOICES, `give ${WRONG_CHOICES} wrong choices, or leave them out`)
    .default([]),
  context: z.array(text).default([]),
  explanation: z.string().default(''),
  line: z.int().positive(),
})
const deck = z.strictObject({
  title: text,
  source: text,
  cards: z.array(card),
  retired: z.array(z.strictObject(asked)).default([]),
})

/** A deck as its file holds it. */
export type StoredDeck = Readonly<z.infer<typeof deck>> & { readonly id: string }
export type StoredCard = Readonly<z.infer<typeof card>>
/** What is kept of a card that is no longer in the notes, so that it gets its id back when it returns. */
export type RetiredCard = StoredDeck['retired'][number]

/** A deck file that cannot be used; the message names file, line and what to do. */
export class DeckFileError extends Error {
  readonly file: string
  readonly line: number
  readonly problem: string
  constructor(file: string, line: number, problem: string) {
    super(`${file}:${line}: ${problem}`)
    this.name = 'DeckFileError'
    this.file = file
    this.line = line
    this.problem = problem
  }
}

const ADVICE = 'Restore the file from version control, or delete it and build again.'

/**
 * Reads a generated deck.
 *
 * @param file the path, for messages and for the deck's id
 * @throws DeckFileError when the content is no deck
 */
export function readDeckFile(file: string, content: string): StoredDeck {
  const parsed = deck.safeParse(loaded(file, content))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const path = issue?.path ?? []
    const where = path.length > 0 ? `"${path.join('.')}"` : 'the file'
    throw new DeckFileError(
      file,
      lineOfPath(content, path),
      `${where} is not as a deck has it: ${issue?.message ?? 'not understood'}. ${ADVICE}`,
    )
  }
  return { ...parsed.data, id: deckIdOf(file) }
}

function loaded(file: string, content: string): unknown {
  const conflict = /^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?$/m.exec(content)
  if (conflict !== null) {
    const line = content.slice(0, conflict.index).split('\n').length
    const advice = 'Take either side of the conflict, settle it in the notes, and build again.'
    throw new DeckFileError(file, line, `the file holds the marks of a merge conflict. ${advice}`)
  }
  try {
    return load(content)
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    const line = (error.mark?.line ?? 0) + 1
    throw new DeckFileError(file, line, `no valid YAML: ${error.reason}. ${ADVICE}`)
  }
}

/** A deck file's content as the deck that is studied. */
export function deckOf(stored: StoredDeck): Deck {
  return {
    id: stored.id,
    title: stored.title,
    cards: stored.cards.map(
      (card): Card => ({
        id: card.id,
        factId: card.fact,
        kind: card.kind,
        prompt: card.prompt,
        answer: card.answer,
        accept: card.accept,
        wrong: card.wrong,
        context: card.context,
        explanation: card.explanation,
        source: { file: stored.source, line: card.line },
      }),
    ),
  }
}

/** The id of the deck that a file makes or holds: its name in small letters, digits and dashes. */
export function deckIdOf(file: string): string {
  const name = file.split('/').at(-1) ?? file
  return name
    .replace(/\.[^.]*$/, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, DECK_ID_MAX_LENGTH)
    .replace(/^-+|-+$/g, '')
}
