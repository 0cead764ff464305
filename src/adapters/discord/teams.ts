import type {
  APIChatInputApplicationCommandInteraction,
  APIInteraction,
  APIMessageComponentInteraction,
} from 'discord.js'
import { decodeAction } from '../../core/actionCodec.ts'
import type { Asking } from '../../core/asking.ts'
import {
  dailyNow,
  dailyStatus,
  dropDaily,
  pauseDaily,
  resumeDaily,
  setDaily,
} from '../../core/daily/dailyRequests.ts'
import type { Screen } from '../../core/screen.ts'
import type { Surroundings } from '../../core/surroundings.ts'
import { leaderboard } from '../../core/team/boardRequests.ts'
import { confirmTeam, dropTeam, inviteTeam, joinTeam } from '../../core/team/placeRequests.ts'
import type { Here } from '../../core/team/team.ts'
import { leaveTeam, setTeamDecks, setTeamZone, setWeekly, teamStatus } from '../../core/team/teamRequests.ts'
import { type Answer, lineAnswer, type Showing, screenAnswer, showingOf } from './answer.ts'
import { askingOfUser, managesServer } from './asker.ts'
import { type Options, optionsOf } from './options.ts'
import { isPeriod } from './teamCommands.ts'
import type { DiscordApi } from './transport/api.ts'
import { isChannelGone, isForbidden, isGuildUnknown } from './transport/failures.ts'

const SERVERS_ONLY = 'That works in servers only: a team has its place in one.'
const MANAGERS_ONLY = 'Only who may manage this server (the permission *Manage Server*) can do that.'
const NOT_HERE =
  'I am not in this server, only my commands are. Somebody who manages it can add me: App Directory, or the link of whoever runs me.'

/** What a command does; its person may do it, and the bot is there. */
type Work = (asking: Asking, here: Here, options: Options) => Promise<Screen>

/** What people do together: teams, daily quizzes, leaderboards. */
export class Teams {
  readonly #api: DiscordApi
  readonly #surroundings: Surroundings
  /** By command and subcommand: for those who manage the server. */
  readonly #managing: Readonly<Record<string, Work>>
  /** For everybody. */
  readonly #open: Readonly<Record<string, Work>>

  constructor(api: DiscordApi, surroundings: Surroundings) {
    this.#api = api
    this.#surroundings = surroundings
    const { store, platforms } = surroundings
    this.#managing = {
      'daily set': (asking, here, options) => setDaily(store, asking, here, dailyOptionsOf(options)),
      'daily now': (asking, here) => dailyNow(store, asking, here),
      'daily pause': (asking, here) => pauseDaily(store, asking, here),
      'daily resume': (asking, here) => resumeDaily(store, asking, here),
      'daily off': (asking, here) => dropDaily(store, asking, here),
      'team invite': (asking, here) => inviteTeam(store, asking, here),
      'team join': (asking, here, { text }) => joinTeam(store, asking, here, text('code') ?? ''),
      'team weekly': (asking, here, { text }) => setWeekly(store, asking, here, text('time') ?? ''),
      'team decks': (asking, here, { text }) => setTeamDecks(store, asking, here, text('decks') ?? ''),
      'team zone': (asking, here, { text }) => setTeamZone(store, asking, here, text('zone') ?? ''),
      'team leave': (asking, here) => leaveTeam(store, asking, here),
    }
    this.#open = {
      'daily status': (asking, here) => dailyStatus(store, asking, here),
      'team show': (asking, here) => teamStatus(store, asking, here),
      leaderboard: (asking, here, { text }) => {
        const period = text('period') ?? ''
        const order = { period: isPeriod(period) ? period : 'week', deckWords: text('deck') ?? '' } as const
        return leaderboard(store, asking, here, order, (place, id) => platforms.isMember(place, id))
      },
    }
  }

  /** @returns null for a command that is none of these */
  async command(interaction: APIChatInputApplicationCommandInteraction): Promise<Answer | null> {
    const options = optionsOf(interaction)
    const { name } = interaction.data
    const path = options.subcommand === null ? name : `${name} ${options.subcommand}`
    const open = this.#open[path]
    if (open !== undefined) {
      const here = hereOf(interaction, '')
      if (here === null) return lineAnswer(SERVERS_ONLY)
      return screenAnswer(await open(this.#asking(interaction), here, options), 'message')
    }
    const managing = this.#managing[path]
    if (managing === undefined) return null
    return this.#manage(interaction, 'message', async (asking, here) => {
      const refusal =
        path === 'daily set' ? await this.#refusalIn(options.text('channel') ?? here.chatId) : null
      return refusal ?? (await managing(asking, here, options))
    })
  }

  /**
   * Somebody confirms that their place and another become one team, or gives that up.
   *
   * @returns null for any other press
   */
  async press(interaction: APIMessageComponentInteraction): Promise<Answer | null> {
    const action = decodeAction(interaction.data.custom_id)
    if (action?.kind !== 'confirmTeam' && action?.kind !== 'dropTeam') return null
    const { store } = this.#surroundings
    const work = action.kind === 'confirmTeam' ? confirmTeam : dropTeam
    return this.#manage(interaction, showingOf(interaction), (asking, here) =>
      work(store, asking, here, action.pairingId),
    )
  }

  /** Does what needs the permission, for who has it now, in a server where the bot is. */
  async #manage(
    interaction: APIInteraction,
    showing: Showing,
    work: (asking: Asking, here: Here) => Promise<Screen | string>,
  ): Promise<Answer> {
    const { guild_id } = interaction
    if (guild_id === undefined) return lineAnswer(SERVERS_ONLY)
    if (!managesServer(interaction)) return lineAnswer(MANAGERS_ONLY)
    const guild = await this.#api.guild(guild_id).catch((error: unknown) => {
      if (isForbidden(error) || isGuildUnknown(error)) return null
      throw error
    })
    const here = guild === null ? null : hereOf(interaction, guild.name)
    if (here === null) return lineAnswer(NOT_HERE)
    const made = await work(this.#asking(interaction), here)
    return typeof made === 'string' ? lineAnswer(made) : screenAnswer(made, showing)
  }

  /** Whether the bot may write there is found out by "… is typing": tomorrow nobody would see that it may not. */
  async #refusalIn(channelId: string): Promise<string | null> {
    try {
      await this.#api.type(channelId)
      return null
    } catch (error) {
      if (isForbidden(error) || isChannelGone(error)) {
        return `I may not write in <#${channelId}>. Somebody who manages the server can let me: *View Channel* and *Send Messages*. Then set it again.`
      }
      throw error
    }
  }

  #asking(interaction: APIInteraction): Asking {
    return askingOfUser(this.#surroundings, interaction)
  }
}

/** Where it was done, as a place of a team; null outside of servers. */
function hereOf({ guild_id, channel }: APIInteraction, name: string): Here | null {
  if (guild_id === undefined || channel?.id === undefined) return null
  return { place: { platform: 'discord', placeId: guild_id }, name, chatId: channel.id }
}

const DAILY_OPTIONS = {
  zone: 'zone',
  questions: 'questions',
  decks: 'decks',
  weekdays: 'weekdays',
  hours: 'hours',
  chatId: 'channel',
} as const

function dailyOptionsOf({ text }: Options) {
  const given = Object.entries(DAILY_OPTIONS).flatMap(([name, option]) => {
    const value = text(option)
    return value === null ? [] : [[name, value] as const]
  })
  return { time: text('time') ?? '', ...Object.fromEntries(given) }
}
