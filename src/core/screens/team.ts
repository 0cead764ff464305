import { clockTime } from '../localTime.ts'
import { privateScreen, type Screen } from '../screen.ts'
import type { Place, Team } from '../team/team.ts'
import { AHEAD_COUNTED } from '../team/teamStore.ts'

/** A team as it is shown. */
export interface TeamView {
  readonly team: Team
  readonly places: readonly Place[]
  readonly members: number
  /** Null: every deck from the notes. */
  readonly deckTitles: readonly string[] | null
}

const PLATFORM_NAMES = { discord: 'Discord', telegram: 'Telegram', terminal: 'terminal' }

/** How a team is set up. */
export function teamScreen({ team, places, members, deckTitles }: TeamView, notice: string | null): Screen {
  const { weeklyMinute, timeZone } = team
  return privateScreen({
    notice,
    blocks: [
      { kind: 'heading', text: `Team: ${team.name}` },
      {
        kind: 'table',
        rows: [
          ...places.map(({ place, name }, index) => [
            index === 0 ? 'Places' : '',
            `${name} (${PLATFORM_NAMES[place.platform]})`,
          ]),
          ['Members', members > AHEAD_COUNTED ? `more than ${AHEAD_COUNTED}` : String(members)],
          ['Decks', deckTitles === null ? 'all' : deckTitles.join(', ')],
          ['Time zone', timeZone],
          ['Weekly summary', weeklyMinute === null ? 'off' : `Mondays at ${clockTime(weeklyMinute)}`],
        ],
      },
      ...(members === 0
        ? [{ kind: 'note', text: 'Whoever answers a quiz here becomes a member.' } as const]
        : []),
    ],
  })
}

/** What a person asked for does not work. */
export function teamNotice(text: string): Screen {
  return privateScreen({ blocks: [{ kind: 'plain', text }] })
}

/** A place has left its team. */
export function leftTeamScreen(teamName: string, goesOn: boolean): Screen {
  return teamNotice(
    goesOn
      ? `This place has left ${teamName}, and has no daily quiz any more. What everybody learned is theirs, and stays.`
      : `${teamName} had no other place, and is no team any more: its daily quiz and its boards are gone. What everybody learned is theirs, and stays.`,
  )
}
