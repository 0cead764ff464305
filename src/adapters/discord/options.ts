import {
  type APIApplicationCommandAutocompleteInteraction,
  type APIApplicationCommandInteractionDataBasicOption,
  type APIChatInputApplicationCommandInteraction,
  ApplicationCommandOptionType,
} from 'discord.js'

type Basic = APIApplicationCommandInteractionDataBasicOption

/** What was chosen and written behind a command's name. */
export interface Options {
  /** Null for a command that has none. */
  readonly subcommand: string | null
  /** What was given for an option, as text; null when it was left out. */
  text(name: string): string | null
}

/** Reads the options of a command, or of its subcommand. */
export function optionsOf(interaction: APIChatInputApplicationCommandInteraction): Options {
  const { subcommand, options } = unfolded(interaction.data.options ?? [])
  const given = new Map(options.map((option) => [option.name, String(option.value)]))
  return { subcommand, text: (name) => given.get(name) ?? null }
}

/** The option that is being typed, and what is there so far; null when Discord names none. */
export function typedOption({ data }: APIApplicationCommandAutocompleteInteraction): {
  readonly name: string
  readonly text: string
} | null {
  const { options } = unfolded(data.options as readonly Unread[])
  const typed = options.find((option) => 'focused' in option && option.focused === true)
  return typed === undefined ? null : { name: typed.name, text: String(typed.value) }
}

type Unread = NonNullable<APIChatInputApplicationCommandInteraction['data']['options']>[number]

function unfolded(options: readonly Unread[]): { subcommand: string | null; options: readonly Basic[] } {
  const [first] = options
  if (first?.type === ApplicationCommandOptionType.Subcommand) {
    return { subcommand: first.name, options: first.options ?? [] }
  }
  return {
    subcommand: null,
    options: options.filter((option): option is Basic => 'value' in option),
  }
}
