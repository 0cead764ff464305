import type { ButtonAction, Request } from '../../core/action.ts'
import { GRADES } from '../../core/grade.ts'
import { type Button, isChoice, requestOf, type Screen } from '../../core/screen.ts'
import { harmless } from './harmless.ts'
import { ENTER } from './reader.ts'

/** A button of a screen and the key that presses it. */
export interface Binding {
  readonly button: Button
  /** A letter, a number, or {@link ENTER} where the button has no other. */
  readonly key: string
  /** Enter and space press it too. */
  readonly enter: boolean
}

/** What a key or a line means on a screen. */
export type Move =
  | { readonly kind: 'request'; readonly request: Request }
  | { readonly kind: 'help' }
  | { readonly kind: 'quit' }
  /** It means nothing here; the hint says what to do instead. */
  | { readonly kind: 'nothing'; readonly hint: string }

/** From ten choices on, one key press cannot name them all. */
const KEYS_OF_ONE_DIGIT = 9
const SHOWN_CHARACTERS = 20

/** Buttons that have the same key on every screen. */
const LETTERS: Partial<Record<ButtonAction['kind'], string>> = {
  undo: 'u',
  suspend: 's',
  resume: 'r',
  why: 'w',
  decks: 'd',
  settings: 'o',
  summary: 'm',
  stats: 't',
  askReport: 'e',
  askLeave: 'l',
  link: 'j',
}

interface Command {
  readonly key: string
  /** Scripts may write the word instead. */
  readonly word: string
  readonly move: Move
}

/** What works everywhere, whether or not the screen shows a button for it. */
const COMMANDS: readonly Command[] = [
  { key: '?', word: 'help', move: { kind: 'help' } },
  { key: 'q', word: 'quit', move: { kind: 'quit' } },
  { key: 'u', word: 'undo', move: { kind: 'request', request: { kind: 'undo', ref: null } } },
  { key: 'd', word: 'decks', move: { kind: 'request', request: { kind: 'decks' } } },
  { key: 'o', word: 'settings', move: { kind: 'request', request: { kind: 'settings' } } },
  { key: 'm', word: 'summary', move: { kind: 'request', request: { kind: 'summary' } } },
  { key: 't', word: 'stats', move: { kind: 'request', request: { kind: 'stats' } } },
  // The code is shown here and entered elsewhere: a single key carries none.
  { key: 'j', word: 'link', move: { kind: 'request', request: { kind: 'link', code: null } } },
  { key: 'a', word: 'unlink', move: { kind: 'request', request: { kind: 'askUnlink' } } },
  { key: 's', word: 'suspend', move: { kind: 'nothing', hint: 'There is no card here to suspend.' } },
  { key: 'w', word: 'why', move: { kind: 'nothing', hint: 'There is no card here to ask about.' } },
  { key: 'e', word: 'report', move: { kind: 'nothing', hint: 'There is no answer here to report.' } },
]

/** The keys of a screen's buttons, in the order of the buttons. */
export function bindingsOf(screen: Screen): Binding[] {
  const buttons = screen.buttons.flat()
  const primary =
    buttons.find((button) => button.weight === 'primary') ?? (screen.input === null ? undefined : buttons[0])
  const taken = new Set(buttons.map(fixedKey))
  let number = 0
  return buttons.map((button): Binding => {
    const fixed = fixedKey(button)
    const enter = button === primary
    if (fixed !== null) return { button, key: fixed, enter }
    if (enter) return { button, key: ENTER, enter }
    do number++
    while (taken.has(String(number)))
    return { button, key: String(number), enter }
  })
}

/** Whether a screen is answered with a line rather than with a single key. */
export function wantsLine(screen: Screen): boolean {
  return (
    screen.input !== null || bindingsOf(screen).some((binding) => Number(binding.key) > KEYS_OF_ONE_DIGIT)
  )
}

/**
 * What a key or a line means.
 *
 * @param screen what is on the screen
 * @param entry a key ({@link ENTER} for Enter and space), or a whole line; where the screen asks for text, a
 *   leading "/" tells a command from an answer
 */
export function moveFor(screen: Screen, entry: string): Move {
  const text = entry.trim()
  const bindings = bindingsOf(screen)
  if (text === ENTER) {
    const button = bindings.find((binding) => binding.enter)?.button
    if (button !== undefined) return press(button)
    const isQuestion = bindings.some((binding) => isChoice(binding.button.action))
    return nothing(isQuestion ? 'Press the number of your choice' : 'There is nothing more to do here', '')
  }
  const slashed = text.startsWith('/')
  if (screen.input !== null && !slashed) return write(screen.input, text)
  const name = (slashed ? text.slice(1) : text).toLowerCase()
  const command = COMMANDS.find(({ key, word }) => name === key || name === word)
  const binding = bindings.find(({ key }) => key === (command?.key ?? name))
  if (name !== '' && binding !== undefined) return press(binding.button)
  if (command !== undefined) return command.move
  // "/etc/hosts" is an answer, "/x" a slip of the fingers that should not cost one.
  if (screen.input !== null && name.length > 1) return write(screen.input, text)
  return nothing(`“${shown(text)}” does nothing here`, screen.input === null ? '' : '/')
}

function fixedKey(button: Button): string | null {
  const { action } = button
  // The same finger for the same grade on every screen.
  if (action.kind === 'grade' || action.kind === 'regrade') return String(GRADES.indexOf(action.grade) + 1)
  return LETTERS[action.kind] ?? null
}

function press(button: Button): Move {
  return { kind: 'request', request: button.action }
}

function write(input: NonNullable<Screen['input']>, text: string): Move {
  return { kind: 'request', request: requestOf(input, text) }
}

function nothing(what: string, slash: string): Move {
  return { kind: 'nothing', hint: `${what}: ${slash}? shows the keys, ${slash}q quits.` }
}

function shown(text: string): string {
  const characters = [...harmless(text)]
  return characters.length > SHOWN_CHARACTERS
    ? `${characters.slice(0, SHOWN_CHARACTERS - 1).join('')}…`
    : characters.join('')
}
