import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js'

/** Periods of a board, and what people call them. */
const PERIODS = {
  week: 'this week',
  lastWeek: 'last week',
  month: 'this month',
  all: 'all time',
} as const

/** Reads an option that people choose from a list, which is user input. */
export function isPeriod(value: string): value is keyof typeof PERIODS {
  return Object.hasOwn(PERIODS, value)
}

/** The most and least of what /daily set can be asked for. */
const DAILY_OPTIONS = {
  questions: { min: 1, max: 10 },
  hours: { min: 1, max: 24 },
} as const

/** Channels that a daily quiz can be asked in. */
const QUIZ_CHANNELS: readonly (ChannelType.GuildText | ChannelType.GuildAnnouncement)[] = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
]

/**
 * What people do together in a server. Who may do what is looked at when they do it: Discord's own setting is for a
 * whole command, and would take /daily status and /team show away from everybody else.
 */
export const TEAM_COMMANDS: RESTPostAPIApplicationCommandsJSONBody[] = [
  {
    ...inServers('daily', 'The daily quiz of this server'),
    options: [
      {
        ...subcommand('set', 'Ask a few questions every day at the same time'),
        options: [
          { ...text('time', 'When it opens there, like 9:00 or 5 pm'), required: true },
          text('zone', 'The clock that goes by: a city, or a name like Europe/Berlin', true),
          integer('questions', 'How many questions; 3 if you leave it out', DAILY_OPTIONS.questions),
          text('decks', 'What to ask about; the team’s decks if you leave it out', true),
          {
            type: ApplicationCommandOptionType.Channel,
            name: 'channel',
            description: 'Where to ask; here if you leave it out',
            channel_types: [...QUIZ_CHANNELS],
          },
          text('weekdays', 'Like mon-fri or mon,wed,fri; every day if you leave it out'),
          integer(
            'hours',
            'Hours it stays open; until the next one if you leave it out',
            DAILY_OPTIONS.hours,
          ),
        ],
      },
      subcommand('now', 'Open today’s quiz now'),
      subcommand('pause', 'Open no more until it is resumed'),
      subcommand('resume', 'Go on after a pause'),
      subcommand('off', 'Remove the daily quiz'),
      subcommand('status', 'When the next one opens, and what it asks about'),
    ],
  },
  {
    ...inServers('team', 'Who learns together here'),
    options: [
      subcommand('show', 'The team of this server: its places, decks and clock'),
      subcommand('invite', 'A code that makes another server or group a part of this team'),
      {
        ...subcommand('join', 'Make this server a part of another team'),
        options: [{ ...text('code', 'What /team invite shows there'), required: true }],
      },
      {
        ...subcommand('weekly', 'A summary each Monday, for whoever keeps the notes'),
        options: [{ ...text('time', 'Like 9:00, or off'), required: true }],
      },
      {
        ...subcommand('decks', 'What counts on the leaderboard and is asked each day'),
        options: [{ ...text('decks', 'One or more, with commas between, or all', true), required: true }],
      },
      {
        ...subcommand('zone', 'The clock that weeks go by'),
        options: [{ ...text('zone', 'A city, or a name like Europe/Berlin', true), required: true }],
      },
      subcommand('leave', 'Part this server from its team'),
    ],
  },
  {
    ...inServers('leaderboard', 'Who in this team knows most; everybody here sees it'),
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'period',
        description: 'This week if you leave it out',
        choices: Object.entries(PERIODS).map(([value, name]) => ({ name, value })),
      },
      text('deck', 'Only this one; all of the team’s decks if you leave it out', true),
    ],
  },
]

/** A command that makes sense only where the bot itself is. */
function inServers(name: string, description: string) {
  return {
    type: ApplicationCommandType.ChatInput as const,
    name,
    description,
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild],
  }
}

function subcommand(name: string, description: string): APIApplicationCommandSubcommandOption {
  return { type: ApplicationCommandOptionType.Subcommand, name, description }
}

function text(name: string, description: string, autocomplete = false): APIApplicationCommandBasicOption {
  const type = ApplicationCommandOptionType.String as const
  return autocomplete ? { type, name, description, autocomplete } : { type, name, description }
}

function integer(
  name: string,
  description: string,
  { min, max }: { readonly min: number; readonly max: number },
): APIApplicationCommandBasicOption {
  const type = ApplicationCommandOptionType.Integer as const
  return { type, name, description: `${description}, ${min} to ${max}`, min_value: min, max_value: max }
}
