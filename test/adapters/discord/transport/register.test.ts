import type { RESTPutAPIApplicationCommandsJSONBody } from 'discord.js'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../../../src/adapters/discord/commands.ts'
import { registerCommands } from '../../../../src/adapters/discord/transport/register.ts'
import { Setting } from './setting.ts'

/** The bot's commands with one thing changed. */
function changed(index: number, change: object): RESTPutAPIApplicationCommandsJSONBody {
  return COMMANDS.map((command, at) =>
    at === index ? ({ ...command, ...change } as typeof command) : command,
  )
}

describe('registering commands', () => {
  it('takes them everywhere, for servers and for people; what needs a team, where the bot itself is', async () => {
    const { api, server } = await Setting.server()
    const { id } = await api.application()
    expect(await registerCommands(api, id, COMMANDS)).toBe(true)
    expect(server.commands.map(({ name }) => name)).toEqual(COMMANDS.map(({ name }) => name))
    for (const command of server.commands) {
      const isOfTeam = ['daily', 'team', 'leaderboard'].includes(command.name)
      expect(command).toMatchObject(
        isOfTeam
          ? { contexts: [0], integration_types: [0] }
          : { contexts: [0, 1, 2], integration_types: [0, 1] },
      )
      // Who may do what is looked at when they do it.
      expect(command.default_member_permissions).toBeNull()
    }
    expect(server.refused).toEqual([])
  })

  it('is not done again while they are the same', async () => {
    const { api, server } = await Setting.server()
    await registerCommands(api, server.me.id, COMMANDS)
    expect(await registerCommands(api, server.me.id, COMMANDS)).toBe(false)
    expect(server.callsLike(/^PUT/)).toHaveLength(1)
  })

  it('is not done for another order, nor for what Discord adds', async () => {
    const { api, server } = await Setting.server()
    const shuffled = COMMANDS.toReversed().map((command) => ({
      ...command,
      contexts: command.contexts?.toReversed(),
      nsfw: false,
      options: 'options' in command ? command.options : [],
    })) as RESTPutAPIApplicationCommandsJSONBody
    await api.setCommands(server.me.id, shuffled)
    expect(await registerCommands(api, server.me.id, COMMANDS)).toBe(false)
  })

  it.each([
    ['a description', changed(0, { description: 'Another one' })],
    [
      'an option’s range',
      changed(1, { options: [{ type: 4, name: 'count', description: 'x', max_value: 5 }] }),
    ],
    ['options that are gone', changed(1, { options: [] })],
    ['where it can be used', changed(2, { contexts: [0] })],
    ['a command less', COMMANDS.slice(1)],
    ['a command more', [...COMMANDS, { name: 'more', description: 'One more' }]],
    ['none at all', []],
  ])('is done for a change: %s', async (_what, before) => {
    const { api, server } = await Setting.server()
    await api.setCommands(server.me.id, before)
    expect(await registerCommands(api, server.me.id, COMMANDS)).toBe(true)
    expect(await registerCommands(api, server.me.id, COMMANDS)).toBe(false)
  })
})
