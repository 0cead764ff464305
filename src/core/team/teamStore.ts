import type { CardSource } from '../card.ts'
import type { StudyDay } from '../studyDay.ts'
import type { BoardKey } from './board.ts'
import type { PeriodDays } from './period.ts'
import type { Here, Place, PlaceKey, Team } from './team.ts'

/** What can be changed of a team; what is left out stays. */
export interface TeamChange extends Partial<Omit<Team, 'id'>> {
  /** When the next weekly summary is posted; null: never. Goes with `weeklyMinute` and `timeZone`. */
  readonly weeklyAt?: Date | null
}

/** One line of a board. */
export interface BoardLine {
  readonly learnerId: number
  readonly name: string
  /** Above 0: who has none is on no board. */
  readonly points: number
}

/** Where one person stands on a board. */
export interface BoardRank {
  readonly name: string
  readonly points: number
  /** How many have more points; null: more than {@link AHEAD_COUNTED}. */
  readonly ahead: number | null
}

/** More people ahead of somebody are not counted: what it costs must not grow with the team. */
export const AHEAD_COUNTED = 1000

/** What a board tells of a person besides points. */
export interface BoardDetails {
  readonly learnerId: number
  readonly timeZone: string
  readonly dayStartHour: number
  /** Days with at least one answer in any deck, latest first, at most as many as were asked for. */
  readonly studyDays: readonly StudyDay[]
  /** Scheduled answers in the board's period and decks. */
  readonly reviews: number
  /** Of these, passed. */
  readonly passes: number
  /** Cards of the board's decks with an interval of at least `LEARNED_INTERVAL_DAYS`. */
  readonly learned: number
}

/** Whether a person is still in a place is to be asked of its platform. */
export interface PresenceCheck {
  readonly learnerId: number
  readonly place: PlaceKey
  /** The platform's ids for the person. */
  readonly externalIds: readonly string[]
}

/** A card that a team has trouble with. */
export interface TroubleCard {
  readonly cardId: string
  readonly prompt: string
  readonly source: CardSource
  /** Scheduled answers of members that failed. */
  readonly fails: number
  /** Of how many scheduled answers. */
  readonly answers: number
  /** How many members failed it. */
  readonly people: number
  /** How often anybody has reported it to be wrong. */
  readonly reports: number
}

/** What the core needs of a database for teams and boards. Each method is one statement or one transaction. */
export interface TeamStore {
  /** The team that a place belongs to; null when it was not set up. */
  teamAt(place: PlaceKey): Promise<Team | null>
  team(teamId: number): Promise<Team | null>
  /** In the order of platform and id. */
  placesOf(teamId: number): Promise<Place[]>
  /**
   * Makes a team of a place that has none, and refreshes what is known of the place. Safe when called twice at once.
   *
   * @param timeZone of a new team
   */
  setUpPlace(here: Here, timeZone: string, now: Date): Promise<Team>
  /** Gives the team as it is now, its boards of the changed decks; null when there is no such team. */
  changeTeam(teamId: number, change: TeamChange): Promise<Team | null>
  /**
   * Moves a place with its members to another team. The team that it leaves goes when it has no place left.
   *
   * @returns false when there is no such place or team
   */
  joinPlaceToTeam(place: PlaceKey, teamId: number): Promise<boolean>
  /**
   * The place is no team's any more, and has no daily quiz; whoever took part in the team there only is no member.
   * The team goes when it has no place left.
   *
   * @returns false when it was no team's
   */
  leavePlace(place: PlaceKey): Promise<boolean>

  /**
   * The learner has taken part in a place: they become or stay a member of its team, are present there, and are shown
   * on its boards unless they are hidden. Costs one look when nothing changes.
   *
   * @param name what boards call them
   * @returns false when the place is no team's, or there is no such learner
   */
  takePart(learnerId: number, here: Pick<Here, 'place'>, name: string, now: Date): Promise<boolean>
  /** How many have taken part in a team; of more than {@link AHEAD_COUNTED} not how many more. */
  countMembers(teamId: number): Promise<number>
  /** What to ask about these people: in which places of the team they are, as far as known, where that is older. */
  membersToCheck(
    teamId: number,
    learnerIds: readonly number[],
    checkedBefore: Date,
  ): Promise<readonly PresenceCheck[]>
  /** Keeps a platform's answer. Who is in none of the team's places is on none of its boards from now on. */
  setPresence(learnerId: number, place: PlaceKey, present: boolean, now: Date): Promise<void>

  /** The first lines of a board: most points first, then by learner. */
  boardTop(board: BoardKey, limit: number): Promise<BoardLine[]>
  /** Null for who is not on the board: no member, not shown, or no points. */
  boardRank(board: BoardKey, learnerId: number): Promise<BoardRank | null>
  /**
   * What a board tells of people besides points, in any order.
   *
   * @param endsOn the board's last day
   * @param studyDays how many study days to give at most
   */
  boardDetails(
    board: BoardKey,
    endsOn: StudyDay,
    learnerIds: readonly number[],
    studyDays: number,
  ): Promise<BoardDetails[]>

  /** The team's cards that its members failed most in those study days, most failed first. */
  mostForgotten(
    teamId: number,
    days: Pick<PeriodDays, 'startsOn' | 'endsOn'>,
    limit: number,
  ): Promise<TroubleCard[]>
  /**
   * The team's cards that look wrong: reported, or failed by many people at least as often as known. Most reported
   * first, then most failed.
   */
  looksWrong(teamId: number, since: StudyDay, leastPeople: number, limit: number): Promise<TroubleCard[]>
  /**
   * Takes up to `limit` teams whose weekly summary is planned for `now` or earlier, plans their next one, and adds a job
   * for each of their places. Each is given to one caller only.
   *
   * @returns their ids
   */
  takeWeekly(now: Date, limit: number): Promise<number[]>
}
