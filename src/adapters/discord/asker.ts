import { type APIInteraction, type APIUser, PermissionFlagsBits } from 'discord.js'
import type { Asking } from '../../core/asking.ts'
import { askingOf, type Surroundings } from '../../core/surroundings.ts'

const NAME_LENGTH = 32

/** Whoever did it. */
export function userOf(interaction: APIInteraction): APIUser {
  const user = interaction.member?.user ?? interaction.user
  if (user === undefined) throw new Error(`interaction ${interaction.id} comes from nobody`)
  return user
}

/** A Discord user as the core knows them. */
export function askingOfUser(surroundings: Surroundings, interaction: APIInteraction): Asking {
  const identity = { platform: 'discord', externalId: userOf(interaction).id } as const
  const language = 'locale' in interaction ? (interaction.locale ?? '') : ''
  return askingOf(surroundings, identity, language)
}

/** What a board calls the person: as they are called there. */
export function nameOf(interaction: APIInteraction): string {
  const user = userOf(interaction)
  const name = interaction.member?.nick ?? user.global_name ?? user.username
  return name.trim().slice(0, NAME_LENGTH) || 'Somebody'
}

/** Whether they manage the server at this moment, as Discord says along with what they did. */
export function managesServer({ member }: APIInteraction): boolean {
  if (member === undefined) return false
  const permissions = BigInt(member.permissions)
  return (permissions & (PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator)) !== 0n
}
