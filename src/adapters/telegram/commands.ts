import type { Api } from 'grammy'
import type { BotCommand } from 'grammy/types'
import { privateScreen, type Screen } from '../../core/screen.ts'

const PRIVATE: readonly BotCommand[] = [
  { command: 'review', description: 'Answer the cards that are due' },
  { command: 'quiz', description: 'Ten quick questions; /quiz helm for one deck' },
  { command: 'decks', description: 'Join, leave or study a deck' },
  { command: 'stats', description: 'What is coming, and how well it sticks' },
  { command: 'settings', description: 'Time zone, reminder, cards a day' },
  { command: 'undo', description: 'Take back the last answer' },
  { command: 'link', description: 'One memory with your account on another platform' },
  { command: 'unlink', description: 'Separate this account again' },
  { command: 'export', description: 'Everything I know about you, as a file' },
  { command: 'forget', description: 'Delete everything about you' },
  { command: 'help', description: 'What I can do' },
]

const DAILY_SET = 'A quiz every day; /daily set 9:00 is enough'

const GROUP: readonly BotCommand[] = [
  { command: 'quiz', description: 'A quiz for everybody here; /quiz helm for one deck' },
  { command: 'daily', description: 'When the daily quiz comes' },
  { command: 'leaderboard', description: 'Who knows most; /leaderboard last week helm' },
  { command: 'team', description: 'Who learns together here' },
  { command: 'review', description: 'Your own cards, in our private chat' },
  { command: 'help', description: 'What I can do' },
]

const GROUP_ADMINS: readonly BotCommand[] = [
  ...GROUP.map((one) => (one.command === 'daily' ? { ...one, description: DAILY_SET } : one)),
  { command: 'stop', description: 'End the quiz that is going on' },
]

/** Tells Telegram which commands to offer where. */
export async function setCommands(api: Api): Promise<void> {
  await api.setMyCommands([...PRIVATE], { scope: { type: 'all_private_chats' } })
  await api.setMyCommands([...GROUP], { scope: { type: 'all_group_chats' } })
  await api.setMyCommands([...GROUP_ADMINS], { scope: { type: 'all_chat_administrators' } })
}

/** What the bot can do, for a private chat or a group. */
export function helpScreen(where: 'private' | 'group'): Screen {
  const commands = where === 'private' ? PRIVATE : GROUP_ADMINS
  return {
    ...privateScreen({
      blocks: [
        { kind: 'heading', text: 'What I can do' },
        {
          kind: 'plain',
          text:
            where === 'private'
              ? 'I ask a card, you answer, and I ask it again just before you would forget it.'
              : 'I ask a quiz that everybody here can answer. Your own cards I only ask in private.',
        },
        {
          kind: 'plain',
          text: commands.map(({ command, description }) => `/${command}: ${description}`).join('\n'),
        },
      ],
    }),
    visibility: where === 'private' ? 'private' : 'everyone',
  }
}
