import type { APIApplicationCommand, APIUser } from 'discord.js'
import type { Call } from './calls.ts'
import type { Channels, TestChannel, TestGuild } from './channels.ts'
import type { Interactions } from './interactions.ts'
import { checkCommands } from './limits.ts'
import { Refusal } from './refusal.ts'

/** All that the bot's calls act on. */
export interface World {
  readonly token: string
  readonly me: APIUser
  readonly publicKey: string
  readonly channels: Channels
  readonly interactions: Interactions
  readonly users: ReadonlyMap<string, { readonly info: APIUser; readonly dm: TestChannel }>
  readonly guilds: readonly TestGuild[]
  commands: APIApplicationCommand[]
  readonly gatewayUrl: string
}

type Run = (world: World, call: Call, parts: readonly string[]) => unknown

/** Where the key is in the path, not in a header. */
const OPEN = /^\/(interactions|webhooks)\//

/** What the bot may call: method and path, and what that does. */
const ROUTES: readonly (readonly [RegExp, Run])[] = [
  [
    /^GET \/gateway\/bot$/,
    ({ gatewayUrl }) => ({
      url: gatewayUrl,
      shards: 1,
      session_start_limit: { total: 1000, remaining: 1000, reset_after: 86_400_000, max_concurrency: 1 },
    }),
  ],
  [/^GET \/users\/@me$/, ({ me }) => me],
  [/^GET \/(?:oauth2\/)?applications\/@me$/, (world) => application(world)],
  [
    /^GET \/guilds\/(\d+)$/,
    (world, _call, [id]) => {
      const { name } = guildOf(world, id)
      return { id, name, roles: [], emojis: [], features: [] }
    },
  ],
  [
    /^GET \/guilds\/(\d+)\/members\/(\d+)$/,
    (world, _call, [id, userId = '']) => {
      const { left } = guildOf(world, id)
      const user = world.users.get(userId)
      if (user === undefined) throw new Refusal(404, 10013, 'Unknown User')
      if (left.has(userId)) throw new Refusal(404, 10007, 'Unknown Member')
      return { user: user.info, nick: null, roles: [], joined_at: '2026-01-01T00:00:00.000Z', flags: 0 }
    },
  ],
  [
    /^POST \/users\/@me\/channels$/,
    ({ users }, { body }) => {
      const user = users.get(body.recipient_id)
      if (user === undefined) throw new Refusal(400, 50033, 'Invalid Recipient(s)')
      return channelJson(user.dm)
    },
  ],

  [
    /^POST \/interactions\/(\d+)\/([^/]+)\/callback$/,
    ({ interactions }, { body, files, query }, [id = '', token = '']) => {
      const interaction = interactions.byToken(id, token)
      interactions.respond(interaction, body, files)
      if (query.get('with_response') !== 'true') return undefined
      const { original, payload } = interaction
      return {
        interaction: { id, type: payload.type, ...(original && { response_message_id: original.id }) },
        ...(original && { resource: { type: body.type, message: original } }),
      }
    },
  ],
  [
    /^POST \/webhooks\/(\d+)\/([^/]+)$/,
    ({ interactions }, { body, files }, [id = '', token = '']) =>
      interactions.followUp(interactions.webhook(id, token), body, files),
  ],
  [
    /^GET \/webhooks\/(\d+)\/([^/]+)\/messages\/(@original|\d+)$/,
    ({ interactions }, _call, [id = '', token = '', message = '']) =>
      interactions.message(interactions.webhook(id, token), message),
  ],
  [
    /^PATCH \/webhooks\/(\d+)\/([^/]+)\/messages\/(@original|\d+)$/,
    ({ interactions }, { body, files }, [id = '', token = '', message = '']) =>
      interactions.edit(interactions.webhook(id, token), message, body, files),
  ],
  [
    /^DELETE \/webhooks\/(\d+)\/([^/]+)\/messages\/(@original|\d+)$/,
    ({ interactions, channels }, _call, [id = '', token = '', message = '']) =>
      channels.delete(interactions.message(interactions.webhook(id, token), message)),
  ],

  [/^GET \/channels\/(\d+)$/, ({ channels }, _call, [id = '']) => channelJson(channels.forBot(id))],
  [
    /^POST \/channels\/(\d+)\/messages$/,
    ({ channels, me }, { body, files }, [id = '']) => {
      const channel = channels.forBot(id)
      const isKeyed = body.enforce_nonce === true && body.nonce !== undefined
      const known = isKeyed ? channel.messages.find(({ nonce }) => nonce === body.nonce) : undefined
      return known ?? channels.post(channel, body, { author: me, files })
    },
  ],
  [
    /^GET \/channels\/(\d+)\/messages\/(\d+)$/,
    ({ channels }, _call, [id = '', message = '']) => channels.message(channels.forBot(id), message),
  ],
  [
    /^PATCH \/channels\/(\d+)\/messages\/(\d+)$/,
    ({ channels, me }, { body, files }, [id = '', messageId = '']) => {
      const message = channels.message(channels.forBot(id), messageId)
      if (message.author.id !== me.id) {
        throw new Refusal(403, 50005, 'Cannot edit a message authored by another user')
      }
      return channels.edit(message, body, files)
    },
  ],
  [
    /^DELETE \/channels\/(\d+)\/messages\/(\d+)$/,
    ({ channels }, _call, [id = '', message = '']) =>
      channels.delete(channels.message(channels.forBot(id), message)),
  ],
  [/^POST \/channels\/(\d+)\/typing$/, ({ channels }, _call, [id = '']) => void channels.forBot(id)],

  [
    /^GET \/applications\/(\d+)\/commands$/,
    (world, _call, [id]) => {
      ownApplication(world, id)
      return world.commands
    },
  ],
  [
    /^PUT \/applications\/(\d+)\/commands$/,
    (world, { body }, [id]) => {
      ownApplication(world, id)
      checkCommands(body)
      world.commands = body.map((command: object) => registered(world, command))
      return world.commands
    },
  ],
]

/**
 * Does what the bot asked for.
 *
 * @returns undefined for an answer without a body (204)
 * @throws Refusal in Discord's words when it may not, or there is no such route
 */
export function perform(world: World, call: Call): unknown {
  if (!OPEN.test(call.path) && call.headers.authorization !== `Bot ${world.token}`) {
    throw new Refusal(401, 0, '401: Unauthorized')
  }
  for (const [route, run] of ROUTES) {
    const [matched, ...parts] = route.exec(call.name) ?? []
    if (matched !== undefined) return run(world, call, parts)
  }
  throw new Refusal(404, 0, '404: Not Found')
}

/** A server that the bot is in. @throws Refusal */
function guildOf({ guilds }: World, id: string | undefined): TestGuild {
  const guild = guilds.find((one) => one.id === id)
  if (guild === undefined) throw new Refusal(404, 10004, 'Unknown Guild')
  if (!guild.hasBot) throw new Refusal(403, 50001, 'Missing Access')
  return guild
}

function application({ me, publicKey }: World): object {
  return {
    id: me.id,
    name: me.username,
    description: '',
    icon: null,
    verify_key: publicKey,
    flags: 0,
    bot: me,
  }
}

function channelJson({ id, type, name, guild, recipients }: TestChannel): object {
  return guild === null ? { id, type, recipients } : { id, type, name, guild_id: guild.id }
}

function ownApplication({ me }: World, id: string | undefined): void {
  if (id !== me.id) {
    throw new Refusal(403, 20012, 'You are not authorized to perform this action on this application')
  }
}

/** A command as Discord gives it back: with all that it adds of its own. */
function registered(world: World, command: object): APIApplicationCommand {
  return {
    id: world.channels.snowflake(),
    application_id: world.me.id,
    version: world.channels.snowflake(),
    default_member_permissions: null,
    type: 1,
    description: '',
    dm_permission: true,
    contexts: null,
    integration_types: [0],
    nsfw: false,
    name_localizations: null,
    description_localizations: null,
    ...command,
  } as unknown as APIApplicationCommand
}
