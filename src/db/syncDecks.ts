import { createHash } from 'node:crypto'
import { and, eq, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { Deck } from '../core/card.ts'
import type { SyncResult } from '../core/store.ts'
import type { Database } from './database.ts'
import { SYNC_LOCK } from './locks.ts'
import { cards, decks } from './schema.ts'

/** Raise it when the meaning of a stored card changes, so that every deck is compared anew. */
const FINGERPRINT_VERSION = 1
/** What a retired deck carries: it equals no fingerprint, so the deck is compared when it comes back. */
const NO_FINGERPRINT = ''

const UNCHANGED: SyncResult = { added: 0, changed: 0, retired: 0 }

/**
 * Makes the stored decks from the notes equal to these; what learners made for themselves stays as it is. Where nothing changed it costs one query; otherwise one transaction,
 * under a lock, since two processes may start at once.
 *
 * @throws Error when two cards carry the same id, or one that a learner's own card carries
 */
export async function syncDecks(db: Database, wanted: readonly Deck[]): Promise<SyncResult> {
  refuseDuplicates(wanted)
  const fingerprints = new Map(wanted.map((deck) => [deck.id, fingerprintOf(deck)]))
  if (isUpToDate(await compare(db, fingerprints))) return UNCHANGED

  return db.transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(${SYNC_LOCK})`)
    const difference = await compare(transaction, fingerprints)
    if (isUpToDate(difference)) return UNCHANGED
    const changed = wanted.filter((deck) => difference.changed.has(deck.id))
    await refuseOwned(transaction, changed)
    await upsertDecks(transaction, changed, fingerprints)
    const { added, changed: changedCards } = await upsertCards(transaction, changed)
    const retired = await retire(transaction, changed, [...difference.gone])
    await countCards(transaction)
    return { added, changed: changedCards, retired }
  })
}

interface Difference {
  readonly changed: ReadonlySet<string>
  readonly gone: ReadonlySet<string>
}

async function compare(db: Database, fingerprints: ReadonlyMap<string, string>): Promise<Difference> {
  const stored = await db
    .select({ id: decks.id, fingerprint: decks.fingerprint, retiredAt: decks.retiredAt })
    .from(decks)
    .where(isNull(decks.learnerId))
  const known = new Map(stored.map((deck) => [deck.id, deck.fingerprint]))
  const changed = [...fingerprints].filter(([id, fingerprint]) => known.get(id) !== fingerprint)
  const gone = stored.filter((deck) => deck.retiredAt === null && !fingerprints.has(deck.id))
  return { changed: new Set(changed.map(([id]) => id)), gone: new Set(gone.map((deck) => deck.id)) }
}

function isUpToDate(difference: Difference): boolean {
  return difference.changed.size === 0 && difference.gone.size === 0
}

function refuseDuplicates(wanted: readonly Deck[]): void {
  const deckOf = new Map<string, string>()
  for (const deck of wanted) {
    for (const { id } of deck.cards) {
      const other = deckOf.get(id)
      if (other !== undefined) {
        throw new Error(
          `card "${id}" stands in deck "${other}" and in deck "${deck.id}": ids must be unique over all decks; build the decks anew`,
        )
      }
      deckOf.set(id, deck.id)
    }
  }
}

/** An id of what a learner made for themselves must not come from the notes: it would take their card away. */
async function refuseOwned(db: Database, changed: readonly Deck[]): Promise<void> {
  const wanted = changed.flatMap((deck) => [deck.id, ...deck.cards.map((card) => card.id)])
  const [owned] = await db
    .select({ id: sql<string>`wanted.id` })
    .from(sql`jsonb_array_elements_text(${JSON.stringify(wanted)}::jsonb) as wanted (id)`)
    .leftJoin(cards, eq(cards.id, sql`wanted.id`))
    .innerJoin(decks, and(isNotNull(decks.learnerId), sql`${decks.id} in (wanted.id, ${cards.deckId})`))
    .limit(1)
  if (owned !== undefined) {
    throw new Error(`"${owned.id}" is the id of a card or deck that a learner made: give yours another id`)
  }
}

function fingerprintOf(deck: Deck): string {
  const content = JSON.stringify([FINGERPRINT_VERSION, deck.title, rowsOf(deck)])
  return createHash('sha256').update(content).digest('hex')
}

function rowsOf(deck: Deck) {
  return deck.cards.map((card, ordinal) => ({
    id: card.id,
    deck_id: deck.id,
    ordinal,
    fact_id: card.factId,
    kind: card.kind,
    prompt: card.prompt,
    answer: card.answer,
    accept: card.accept,
    wrong: card.wrong,
    context: card.context,
    explanation: card.explanation,
    source_file: card.source.file,
    source_line: card.source.line,
  }))
}

async function upsertDecks(
  db: Database,
  changed: readonly Deck[],
  fingerprints: ReadonlyMap<string, string>,
): Promise<void> {
  if (changed.length === 0) return
  await db
    .insert(decks)
    .values(
      changed.map(({ id, title }) => ({ id, title, fingerprint: fingerprints.get(id) ?? NO_FINGERPRINT })),
    )
    .onConflictDoUpdate({
      target: decks.id,
      set: { title: sql`excluded.title`, fingerprint: sql`excluded.fingerprint`, retiredAt: null },
    })
}

/**
 * Writes all cards of the changed decks in one statement. A card that joins a deck (new, back from retirement,
 * or moved from another deck) gets the next number in its order of introduction; any other keeps its own.
 *
 * @returns cards that are new or back, and other cards that changed
 */
async function upsertCards(db: Database, changed: readonly Deck[]) {
  const wanted = db.$with('wanted', {}).as(sql`
    select * from jsonb_to_recordset(${JSON.stringify(changed.flatMap(rowsOf))}::jsonb) as wanted (
      id text, deck_id text, ordinal integer, fact_id text, kind text, prompt text, answer text, accept jsonb,
      wrong jsonb, context jsonb, explanation text, source_file text, source_line integer
    )`)
  const joining = db.$with('joining', {}).as(sql`
    select wanted.id, cards.id is null or cards.retired_at is not null as is_new,
      decks.next_seq - 1 + row_number() over (partition by wanted.deck_id order by wanted.ordinal) as seq
    from wanted
    join decks on decks.id = wanted.deck_id
    left join cards on cards.id = wanted.id
    where cards.id is null or cards.retired_at is not null or cards.deck_id <> wanted.deck_id`)
  const written = db.$with('written', {}).as(sql`
    insert into cards (id, deck_id, seq, ${content()})
    select wanted.id, wanted.deck_id, coalesce(joining.seq, cards.seq), ${content('wanted')}
    from wanted
    left join joining on joining.id = wanted.id
    left join cards on cards.id = wanted.id
    on conflict (id) do update
    set (deck_id, seq, retired_at, ${content()}) = (excluded.deck_id, excluded.seq, null, ${content('excluded')})
    where (cards.deck_id, cards.retired_at, ${content('cards')})
      is distinct from (excluded.deck_id, null, ${content('excluded')})
    returning id`)
  const [counts] = await db
    .with(wanted, joining, written)
    .select({
      written: sql<number>`count(*)::integer`,
      added: sql<number>`(count(*) filter (where joining.is_new))::integer`,
    })
    .from(sql`written left join joining on joining.id = written.id`)
  const added = counts?.added ?? 0
  return { added, changed: (counts?.written ?? 0) - added }
}

/** The columns of `cards` that hold what a card says. */
const CONTENT = [
  'fact_id',
  'kind',
  'prompt',
  'answer',
  'accept',
  'wrong',
  'context',
  'explanation',
  'source_file',
  'source_line',
]

function content(table?: string): SQL {
  return sql.raw(CONTENT.map((column) => (table === undefined ? column : `${table}.${column}`)).join(', '))
}

/** Retires what the changed decks no longer hold, and the decks that are gone with all their cards. */
async function retire(db: Database, changed: readonly Deck[], gone: readonly string[]): Promise<number> {
  const kept = JSON.stringify(changed.flatMap((deck) => deck.cards.map((card) => card.id)))
  const touched = [...changed.map((deck) => deck.id), ...gone]
  const retired = await db
    .update(cards)
    .set({ retiredAt: sql`now()` })
    .where(
      and(
        isNull(cards.retiredAt),
        inArray(cards.deckId, touched),
        sql`${cards.id} not in (select jsonb_array_elements_text(${kept}::jsonb))`,
      ),
    )
    .returning({ id: cards.id })
  if (gone.length > 0) {
    await db
      .update(decks)
      .set({ retiredAt: sql`now()`, fingerprint: NO_FINGERPRINT })
      .where(inArray(decks.id, [...gone]))
  }
  return retired.length
}

/** Brings the count of each deck from the notes and next number up to its cards. The number never goes back. */
async function countCards(db: Database): Promise<void> {
  await db
    .update(decks)
    .set({
      nextSeq: sql`greatest(${decks.nextSeq},
      (select max(${cards.seq}) + 1 from ${cards} where ${cards.deckId} = ${decks.id}))`,
      cardCount: sql`(select count(*) from ${cards}
      where ${cards.deckId} = ${decks.id} and ${cards.retiredAt} is null)`,
    })
    .where(isNull(decks.learnerId))
}
