import type { Asking } from '../../core/asking.ts'
import { parseDailyWords } from '../../core/daily/dailyOptions.ts'
import {
  dailyNow,
  dailyStatus,
  dropDaily,
  pauseDaily,
  resumeDaily,
  setDaily,
} from '../../core/daily/dailyRequests.ts'
import type { Screen } from '../../core/screen.ts'
import type { Store } from '../../core/store.ts'
import type { Surroundings } from '../../core/surroundings.ts'
import { leaderboard, parseBoardWords } from '../../core/team/boardRequests.ts'
import { inviteTeam, joinTeam } from '../../core/team/placeRequests.ts'
import type { Here } from '../../core/team/team.ts'
import { leaveTeam, setTeamDecks, setTeamZone, setWeekly, teamStatus } from '../../core/team/teamRequests.ts'
import { groupLine } from './groupScreen.ts'

/** A command about a team, understood. */
export interface TeamCommand {
  readonly isForAll: boolean
  run(store: Store, asking: Asking, here: Here): Promise<Screen>
}

type Run = TeamCommand['run']

const DAILY_USAGE = `/daily set 9:00 zone=Europe/Berlin questions=5 decks=helm days=mon-fri hours=12
Only the time is needed. Also: /daily now, pause, resume, off. For admins of this group.`

const TEAM_USAGE = `/team invite · /team join CODE
/team decks helm, services · /team zone Europe/Berlin
/team weekly 9:00 · /team weekly off
/team leave
For admins of this group.`

/**
 * What a group means by /daily, /team or /leaderboard and the words behind it.
 *
 * @returns null for any other name
 */
export function teamCommandOf(
  name: string,
  words: string,
  { platforms }: Pick<Surroundings, 'platforms'>,
): TeamCommand | null {
  switch (name) {
    case 'daily':
      return dailyCommand(words)
    case 'team':
      return teamCommand(words)
    case 'leaderboard':
      return forAll((store, asking, here) =>
        leaderboard(store, asking, here, parseBoardWords(words), (place, id) =>
          platforms.isMember(place, id),
        ),
      )
    default:
      return null
  }
}

function dailyCommand(words: string): TeamCommand {
  const { order, rest } = divided(words)
  switch (order) {
    case '':
    case 'status':
      return forAll(async (...request) => withUsage(await dailyStatus(...request), DAILY_USAGE))
    case 'set':
      return dailySetting(rest)
    case 'now':
      return forAdmins(dailyNow)
    case 'pause':
      return forAdmins(pauseDaily)
    case 'resume':
      return forAdmins(resumeDaily)
    case 'off':
      return forAdmins(dropDaily)
    default:
      // Some leave "set" out.
      return /^\d/.test(order) ? dailySetting(words) : usage(DAILY_USAGE)
  }
}

function dailySetting(words: string): TeamCommand {
  const options = parseDailyWords(words)
  if ('error' in options) return usage(`${options.error}\n\n${DAILY_USAGE}`)
  return forAdmins((store, asking, here) => setDaily(store, asking, here, options))
}

function teamCommand(words: string): TeamCommand {
  const { order, rest } = divided(words)
  switch (order) {
    case '':
    case 'show':
    case 'status':
      return forAll(async (...request) => withUsage(await teamStatus(...request), TEAM_USAGE))
    case 'invite':
      return forAdmins(inviteTeam)
    case 'leave':
      return forAdmins(leaveTeam)
    case 'join':
      return withWords(rest, joinTeam)
    case 'weekly':
      return withWords(rest, setWeekly)
    case 'decks':
      return withWords(rest, setTeamDecks)
    case 'zone':
      return withWords(rest, setTeamZone)
    default:
      return usage(TEAM_USAGE)
  }
}

/** The first word, and the rest as it was written. */
function divided(words: string): { readonly order: string; readonly rest: string } {
  const [, order = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/.exec(words) ?? []
  return { order: order.toLowerCase(), rest: rest.trim() }
}

function withWords(
  words: string,
  run: (store: Store, asking: Asking, here: Here, words: string) => Promise<Screen>,
): TeamCommand {
  if (words === '') return usage(TEAM_USAGE)
  return forAdmins((store, asking, here) => run(store, asking, here, words))
}

function usage(text: string): TeamCommand {
  return forAll(() => Promise.resolve(groupLine(text)))
}

function withUsage(screen: Screen, text: string): Screen {
  return { ...screen, blocks: [...screen.blocks, { kind: 'note', text }] }
}

function forAll(run: Run): TeamCommand {
  return { isForAll: true, run }
}

function forAdmins(run: Run): TeamCommand {
  return { isForAll: false, run }
}
