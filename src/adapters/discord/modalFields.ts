import { type APIModalSubmitInteraction, ComponentType } from 'discord.js'

/** What was written into a modal, by the custom_id of the field. */
export function fieldsOf({ data }: APIModalSubmitInteraction): Map<string, string> {
  const fields = new Map<string, string>()
  for (const component of data.components) {
    const inner =
      'components' in component ? component.components : 'component' in component ? [component.component] : []
    for (const one of inner) {
      if (one.type === ComponentType.TextInput) fields.set(one.custom_id, one.value)
    }
  }
  return fields
}
