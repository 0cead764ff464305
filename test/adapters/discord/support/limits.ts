import { type APIEmbed, ComponentType, MessageFlags } from 'discord.js'
import { invalidForm, Refusal } from './refusal.ts'

const CONTENT_MAX = 2000
const EMBEDS_MAX = 10
const EMBEDS_MAX_CHARACTERS = 6000
const ROWS_MAX = 5
const BUTTONS_PER_ROW_MAX = 5
const CUSTOM_ID_MAX = 100
const LABEL_MAX = 80
const MODAL_TITLE_MAX = 45
const FIELD_LABEL_MAX = 45
const CHOICES_MAX = 25
const CHOICE_NAME_MAX = 100
const LAYOUT_MAX_COMPONENTS = 40
const LAYOUT_MAX_CHARACTERS = 4000

/** Any component as it comes over the wire. */
// biome-ignore lint/suspicious/noExplicitAny: what a bot sends may be anything
export type AnyComponent = Record<string, any> & { readonly type: number }

/** What is checked of a message. */
export interface CheckedMessage {
  readonly content?: string | null
  readonly embeds?: readonly APIEmbed[] | null
  readonly components?: readonly unknown[] | null
  readonly flags?: number | null
  readonly attachments?: readonly unknown[] | null
  readonly nonce?: unknown
}

const SELECTS: readonly number[] = [
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
]

/** Every component below these, each with its path. */
export function* walk(
  components: readonly unknown[] | null | undefined,
  path = 'components',
): Generator<[AnyComponent, string]> {
  for (const [index, component] of (components ?? []).entries()) {
    const one = component as AnyComponent
    const here = `${path}.${index}`
    yield [one, here]
    if (Array.isArray(one.components)) yield* walk(one.components, `${here}.components`)
    for (const inner of ['accessory', 'component']) {
      if (one[inner]) yield [one[inner], `${here}.${inner}`]
    }
  }
}

/**
 * A message as it would be after the call.
 *
 * @throws Refusal for what Discord would not take
 */
export function checkMessage(message: CheckedMessage, fileCount = 0): void {
  const isLayout = ((message.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0
  checkLength('content', message.content ?? '', CONTENT_MAX)
  checkEmbeds(message.embeds ?? [])
  checkComponents(message.components ?? [], isLayout)
  if (isLayout && (message.content || message.embeds?.length)) {
    throw invalidForm('content', 'cannot be used with components v2')
  }
  if (typeof message.nonce === 'string') checkLength('nonce', message.nonce, 25)
  const isEmpty =
    (message.content ?? '').trim() === '' &&
    !message.embeds?.length &&
    !message.components?.length &&
    !message.attachments?.length &&
    fileCount === 0
  if (isEmpty) throw new Refusal(400, 50006, 'Cannot send an empty message')
}

function checkEmbeds(embeds: readonly APIEmbed[]): void {
  if (embeds.length > EMBEDS_MAX) throw invalidForm('embeds', `Must be ${EMBEDS_MAX} or fewer in length.`)
  let sum = 0
  const add = (path: string, text: string | undefined, max: number) => {
    checkLength(path, text ?? '', max)
    sum += characters(text ?? '')
  }
  for (const [index, { title, description, footer, author, fields = [], ...rest }] of embeds.entries()) {
    const path = `embeds.${index}`
    add(`${path}.title`, title, 256)
    add(`${path}.description`, description, 4096)
    add(`${path}.footer.text`, footer?.text, 2048)
    add(`${path}.author.name`, author?.name, 256)
    if (fields.length > 25) throw invalidForm(`${path}.fields`, 'Must be 25 or fewer in length.')
    for (const [at, field] of fields.entries()) {
      if (!field.name.trim() || !field.value.trim()) {
        throw invalidForm(`${path}.fields.${at}`, 'This field is required')
      }
      add(`${path}.fields.${at}.name`, field.name, 256)
      add(`${path}.fields.${at}.value`, field.value, 1024)
    }
    if (!title && !description && !footer?.text && !author?.name && fields.length === 0 && !rest.image) {
      throw invalidForm(path, 'This embed is empty')
    }
  }
  if (sum > EMBEDS_MAX_CHARACTERS) {
    throw invalidForm('embeds', `Embed size exceeds maximum size of ${EMBEDS_MAX_CHARACTERS}`)
  }
}

function checkComponents(components: readonly unknown[], isLayout: boolean): void {
  if (!isLayout && components.length > ROWS_MAX) {
    throw invalidForm('components', `Must be ${ROWS_MAX} or fewer in length.`)
  }
  const all = [...walk(components)]
  checkCustomIds(all)
  let characterSum = 0
  for (const [component, path] of all) {
    const isTopLevel = path.split('.').length === 2
    if (!isLayout && isTopLevel && component.type !== ComponentType.ActionRow) {
      throw invalidForm(path, `component type ${component.type} needs an action row, or components v2`)
    }
    if (component.type === ComponentType.TextDisplay) characterSum += characters(component.content)
    checkControl(component, path)
  }
  if (isLayout && all.length > LAYOUT_MAX_COMPONENTS) {
    throw invalidForm('components', `${LAYOUT_MAX_COMPONENTS} components are the most`)
  }
  if (characterSum > LAYOUT_MAX_CHARACTERS) {
    throw invalidForm('components', `${LAYOUT_MAX_CHARACTERS} characters of text are the most`)
  }
}

function checkControl(component: AnyComponent, path: string): void {
  if (component.type === ComponentType.ActionRow) {
    const row: AnyComponent[] = component.components ?? []
    const isWide = row.some(({ type }) => SELECTS.includes(type)) ? row.length > 1 : false
    if (row.length < 1 || row.length > BUTTONS_PER_ROW_MAX || isWide) {
      throw invalidForm(path, 'a row holds one to five buttons, or one select')
    }
  }
  if (component.type === ComponentType.Button) checkButton(component, path)
  if (component.type === ComponentType.StringSelect) {
    const options: { label: string; value: string; description?: string }[] = component.options ?? []
    if (options.length < 1 || options.length > CHOICES_MAX) {
      throw invalidForm(`${path}.options`, `Must be between 1 and ${CHOICES_MAX} in length.`)
    }
    for (const [index, option] of options.entries()) {
      for (const name of ['label', 'value', 'description'] as const) {
        const text = option[name]
        if (text !== undefined || name !== 'description') {
          checkLength(`${path}.options.${index}.${name}`, text ?? '', 100, 1)
        }
      }
    }
    if (new Set(options.map(({ value }) => value)).size < options.length) {
      throw invalidForm(`${path}.options`, 'Option values must be unique')
    }
    checkLength(`${path}.placeholder`, component.placeholder ?? '', 150)
  }
}

function checkButton({ style, label, emoji, url, custom_id: customId }: AnyComponent, path: string): void {
  checkLength(`${path}.label`, label ?? '', LABEL_MAX)
  if (!label && !emoji) throw invalidForm(path, 'A button needs a label or an emoji')
  if (style === 5) {
    if (!url || customId !== undefined) throw invalidForm(path, 'A link button has a url and no custom_id')
    checkLength(`${path}.url`, url, 512)
    if (!/^(https?|discord):\/\//.test(url)) throw invalidForm(`${path}.url`, 'Not a well formed URL.')
  } else if (customId === undefined || url !== undefined) {
    throw invalidForm(path, 'A button has a custom_id and no url')
  }
}

function checkCustomIds(all: readonly [AnyComponent, string][]): void {
  const seen = new Set<string>()
  for (const [component, path] of all) {
    const customId = component.custom_id
    if (customId === undefined) continue
    checkLength(`${path}.custom_id`, customId, CUSTOM_ID_MAX, 1)
    if (seen.has(customId)) {
      throw invalidForm(`${path}.custom_id`, 'Component custom id cannot be duplicated')
    }
    seen.add(customId)
  }
}

/** @throws Refusal for a form that Discord would not open */
// biome-ignore lint/suspicious/noExplicitAny: what a bot sends may be anything
export function checkModal(modal: any): void {
  checkLength('data.title', modal.title ?? '', MODAL_TITLE_MAX, 1)
  checkLength('data.custom_id', modal.custom_id ?? '', CUSTOM_ID_MAX, 1)
  const components = modal.components ?? []
  if (components.length < 1 || components.length > 5) {
    throw invalidForm('data.components', 'Must be between 1 and 5 in length.')
  }
  const all = [...walk(components, 'data.components')]
  checkCustomIds(all)
  for (const [component, path] of all) {
    if (component.type === ComponentType.Label) {
      checkLength(`${path}.label`, component.label ?? '', FIELD_LABEL_MAX, 1)
      checkLength(`${path}.description`, component.description ?? '', 100)
    }
    if (component.type !== ComponentType.TextInput) continue
    const isInRow = component.label !== undefined
    if (isInRow) checkLength(`${path}.label`, component.label, FIELD_LABEL_MAX, 1)
    checkLength(`${path}.placeholder`, component.placeholder ?? '', 100)
    const max = component.max_length ?? 4000
    if (max < 1 || max > 4000) throw invalidForm(`${path}.max_length`, 'Must be between 1 and 4000.')
    if ((component.min_length ?? 0) > max) throw invalidForm(`${path}.min_length`, 'is above max_length')
    checkLength(`${path}.value`, component.value ?? '', max)
  }
}

/** @throws Refusal for suggestions that Discord would not show */
export function checkChoices(choices: readonly { name: string; value: string | number }[]): void {
  if (choices.length > CHOICES_MAX) {
    throw invalidForm('data.choices', `Must be ${CHOICES_MAX} or fewer in length.`)
  }
  for (const [index, { name, value }] of choices.entries()) {
    checkLength(`data.choices.${index}.name`, name, CHOICE_NAME_MAX, 1)
    if (typeof value === 'string') checkLength(`data.choices.${index}.value`, value, CHOICE_NAME_MAX, 1)
  }
}

/** @throws Refusal for commands that Discord would not register */
// biome-ignore lint/suspicious/noExplicitAny: what a bot sends may be anything
export function checkCommands(commands: readonly any[]): void {
  const seen = new Set<string>()
  for (const [index, { name, description = '', type = 1, options = [] }] of commands.entries()) {
    if (type === 1 && (!/^[-_'\p{L}\p{N}]{1,32}$/u.test(name) || name !== name.toLowerCase())) {
      throw invalidForm(`${index}.name`, 'Command name is invalid')
    }
    checkLength(`${index}.name`, name, 32, 1)
    checkLength(`${index}.description`, description, type === 1 ? 100 : 0, type === 1 ? 1 : 0)
    if (seen.has(`${type} ${name}`)) throw invalidForm(`${index}.name`, 'Names must be unique')
    seen.add(`${type} ${name}`)
    checkOptions(`${index}.options`, options)
  }
}

// biome-ignore lint/suspicious/noExplicitAny: what a bot sends may be anything
function checkOptions(path: string, options: readonly any[]): void {
  if (options.length > CHOICES_MAX) throw invalidForm(path, `Must be ${CHOICES_MAX} or fewer in length.`)
  let isLastRequired = true
  for (const [at, option] of options.entries()) {
    const { name, description = '', required = false, autocomplete, choices = [] } = option
    if (!/^[-_'\p{L}\p{N}]{1,32}$/u.test(name) || name !== name.toLowerCase()) {
      throw invalidForm(`${path}.${at}.name`, 'Option name is invalid')
    }
    checkLength(`${path}.${at}.description`, description, 100, 1)
    if (autocomplete && choices.length > 0) {
      throw invalidForm(`${path}.${at}`, 'autocomplete and choices exclude each other')
    }
    if (required && !isLastRequired) {
      throw invalidForm(`${path}.${at}`, 'Required options must be placed before non-required options')
    }
    isLastRequired = required
    if (choices.length > 0) checkChoices(choices)
    checkOptions(`${path}.${at}.options`, option.options ?? [])
  }
}

function checkLength(path: string, text: unknown, max: number, min = 0): void {
  if (typeof text !== 'string') throw invalidForm(path, 'must be a string')
  const length = characters(text)
  if (length > max || length < min) throw invalidForm(path, `Must be between ${min} and ${max} in length.`)
}

function characters(text: string): number {
  return [...text].length
}
