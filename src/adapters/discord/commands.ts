import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js'
import { TEAM_COMMANDS } from './teamCommands.ts'

/** The longest and shortest of what /quiz can be asked for. */
const QUIZ_OPTIONS = {
  count: { min: 1, max: 20 },
  seconds: { min: 5, max: 300 },
} as const

/** The command in the menu of a message. */
const MAKE_A_CARD = 'Make a card'

/** For servers and for people, who then have them everywhere. */
const EVERYWHERE = {
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
}

/** What people can ask the bot for. */
export const COMMANDS: RESTPostAPIApplicationCommandsJSONBody[] = [
  {
    ...slash('review', 'Answer the cards that are due; only you see them'),
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'deck',
        description: 'Only this one; all your decks if you leave it out',
        autocomplete: true,
      },
    ],
  },
  {
    ...slash('quiz', 'A quiz for everybody here'),
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'deck',
        description: 'What to ask about; all your decks if you leave it out',
        autocomplete: true,
      },
      {
        type: ApplicationCommandOptionType.Integer,
        name: 'count',
        description: `How many questions, ${QUIZ_OPTIONS.count.min} to ${QUIZ_OPTIONS.count.max}`,
        min_value: QUIZ_OPTIONS.count.min,
        max_value: QUIZ_OPTIONS.count.max,
      },
      {
        type: ApplicationCommandOptionType.Integer,
        name: 'seconds',
        description: `Seconds for each question, ${QUIZ_OPTIONS.seconds.min} to ${QUIZ_OPTIONS.seconds.max}`,
        min_value: QUIZ_OPTIONS.seconds.min,
        max_value: QUIZ_OPTIONS.seconds.max,
      },
    ],
  },
  slash('decks', 'Join, leave or study a deck'),
  slash('stats', 'What is coming, and how well it sticks'),
  {
    ...slash('settings', 'Time zone, reminder, cards a day'),
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'zone',
        description: 'Your time zone: a city, or a name like Europe/Berlin',
        autocomplete: true,
      },
    ],
  },
  ...TEAM_COMMANDS,
  {
    ...slash('link', 'Be one person here and in Telegram: schedules, streak and scores come together'),
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'code',
        description: 'What /link shows there; leave it out to get a code',
      },
    ],
  },
  slash('unlink', 'Part what /link has brought together'),
  slash('undo', 'Take back the last answer'),
  slash('export', 'Everything I know about you, as a file'),
  slash('forget', 'Delete everything about you'),
  slash('help', 'What I can do'),
  { type: ApplicationCommandType.Message, name: MAKE_A_CARD, ...EVERYWHERE },
]

function slash(name: string, description: string) {
  return { type: ApplicationCommandType.ChatInput as const, name, description, ...EVERYWHERE }
}
