import { isDeepStrictEqual } from 'node:util'
import { ApplicationCommandType, type RESTPutAPIApplicationCommandsJSONBody } from 'discord.js'
import type { DiscordApi } from './api.ts'

/** What Discord adds of its own. */
const DISCORDS_OWN = new Set(['id', 'application_id', 'guild_id', 'version', 'dm_permission'])
/** Lists whose order means nothing. */
const SETS = new Set(['contexts', 'integration_types', 'channel_types'])

/**
 * Registers commands everywhere, unless Discord has exactly these: there is a limit of registrations a day, and
 * clients forget what they know of commands that are registered anew.
 *
 * @returns whether they were registered
 */
export async function registerCommands(
  api: DiscordApi,
  applicationId: string,
  wanted: RESTPutAPIApplicationCommandsJSONBody,
): Promise<boolean> {
  const registered = await api.commands(applicationId)
  if (isDeepStrictEqual(essenceOf(registered), essenceOf(wanted))) return false
  await api.setCommands(applicationId, wanted)
  return true
}

/** Commands by kind and name, without what stands for "not set". */
function essenceOf(
  commands: readonly { readonly type?: number | undefined; readonly name: string }[],
): unknown {
  return new Map(commands.map((command) => [`${command.type ?? 1} ${command.name}`, meaningOf(command)]))
}

function meaningOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(meaningOf)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, inner]) => !DISCORDS_OWN.has(name) && isSet(name, inner))
      .map(([name, inner]) => [name, SETS.has(name) ? [...inner].sort() : meaningOf(inner)]),
  )
}

/** Discord may send null, false, '' or [] for what was left out, and 1 for the kind of a slash command. */
function isSet(name: string, value: unknown): boolean {
  const isEmpty = Array.isArray(value) && value.length === 0
  const isUsual = name === 'type' && value === ApplicationCommandType.ChatInput
  return value !== null && value !== undefined && value !== false && value !== '' && !isEmpty && !isUsual
}
