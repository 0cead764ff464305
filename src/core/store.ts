import type { Deck } from './card.ts'
import type { CardInHand } from './cardInHand.ts'
import type { ChatStore } from './chatStore.ts'
import type { DailyStore } from './daily/dailyStore.ts'
import type { Identity, Learner, Settings } from './learner.ts'
import type { LogEntry, Score } from './log.ts'
import type { OwnCardStore } from './ownCardStore.ts'
import type { PairingStore } from './pairingStore.ts'
import type { PersonalStore } from './personalStore.ts'
import type { RoundStore } from './quiz/roundStore.ts'
import type { StudyDay } from './studyDay.ts'
import type { MoveStore } from './team/moveStore.ts'
import type { TeamStore } from './team/teamStore.ts'

/** Which cards to choose from: one learner's, of one deck or of all they are enrolled in, on one study day. */
export interface Scope {
  readonly learnerId: number
  /** Null: every deck the learner is enrolled in. */
  readonly deckId: string | null
  readonly studyDay: StudyDay
}

/** How a learner stands to a deck. */
export interface DeckSummary {
  readonly id: string
  readonly title: string
  /** The learner made its cards for themselves, and nobody else sees it. */
  readonly isOwn: boolean
  readonly enrolled: boolean
  /** Cards in the deck, retired ones left out. */
  readonly cards: number
  /** Of these, never answered by the learner. */
  readonly unseen: number
  /** Of these, due on or before the study day. */
  readonly due: number
  /** Of these, with an interval of at least {@link LEARNED_INTERVAL_DAYS}. */
  readonly learned: number
  readonly suspended: number
}

/** What a sync changed, in cards. */
export interface SyncResult {
  readonly added: number
  readonly changed: number
  readonly retired: number
}

/** A card counts as learned once its interval reaches three weeks. */
export const LEARNED_INTERVAL_DAYS = 21

/**
 * What studying needs of a database. Each method is one statement, or one transaction. Cards of one fact
 * (siblings) are never handed out on the same study day: a due or new card is left out while a sibling was
 * answered on `studyDay`, and of several siblings that could come only the first counts.
 */
export interface StudyStore {
  /** Finds the learner behind an identity, or makes one with these settings. Safe when called twice at once. */
  learner(identity: Identity, initial: Settings): Promise<Learner>
  /** Changes some settings; gives the learner as they are now. */
  changeSettings(learnerId: number, change: Partial<Settings>): Promise<Learner>

  /** Every deck from the notes and the learner's own, by title, with the learner's counts. */
  deckSummaries(learnerId: number, studyDay: StudyDay): Promise<DeckSummary[]>
  /** Starts or ends asking a deck's cards; schedules are kept. False when there is no such deck for this learner. */
  enrol(learnerId: number, deckId: string, enrolled: boolean): Promise<boolean>
  /** Enrols the learner in every deck from the notes that they have neither joined nor left so far; gives how many these were. */
  enrolInNewDecks(learnerId: number): Promise<number>

  /**
   * The card and the learner's state on it ({@link UNSEEN} when never touched); null when there is none, or it is
   * somebody else's own.
   */
  card(learnerId: number, cardId: string): Promise<CardInHand | null>
  /** How many cards are due, siblings counted once. */
  dueCount(scope: Scope): Promise<number>
  /** The due card that is most overdue relative to its interval (ties: earliest due, then by id), or null. */
  nextDue(scope: Scope): Promise<CardInHand | null>
  /** Unseen cards in the order of their decks, the deck with fewest starts that day first; at most `limit`. */
  newCards(scope: Scope, limit: number): Promise<CardInHand[]>
  /** Ids of cards to be drilled that study day, the one answered longest ago first. */
  drills(scope: Scope): Promise<string[]>

  /**
   * Writes the entry, the schedule it leads to and the score, all or none, in one statement.
   *
   * @returns false when the card's review count is no longer `entry.reviewCount`: somebody was faster, and
   *   nothing was written
   */
  append(entry: LogEntry): Promise<boolean>
  /**
   * The learner's latest entry that still stands: neither taken back nor graded anew, no undo itself, and neither a
   * transfer nor before one of its card.
   */
  lastEntry(learnerId: number): Promise<LogEntry | null>
  /** The latest entry of one card that still stands. */
  lastEntryOf(learnerId: number, cardId: string): Promise<LogEntry | null>
  /** The roll-up of one study day over all decks, or over one. */
  scoreOn(scope: Scope): Promise<Score>
  /** Study days with at least one answer, latest first, at most `limit`. */
  studyDays(learnerId: number, limit: number): Promise<StudyDay[]>

  /**
   * Makes the stored decks from the notes equal to these: new cards join at the end of their deck's order of introduction
   * (so nobody's position skips them), changed texts are replaced, what is missing is retired.
   * Safe when two processes start at once. Decks that learners made for themselves stay as they are.
   */
  syncDecks(decks: readonly Deck[]): Promise<SyncResult>
}

/** What the core needs of a database. */
export interface Store
  extends StudyStore,
    ChatStore,
    PersonalStore,
    RoundStore,
    OwnCardStore,
    MoveStore,
    TeamStore,
    DailyStore,
    PairingStore {}
