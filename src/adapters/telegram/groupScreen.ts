import type { ButtonAction } from '../../core/action.ts'
import { privateScreen, type Screen } from '../../core/screen.ts'

/** What is asked by a button in a group. All else is about one's own cards. */
const FOR_GROUPS = ['confirmTeam', 'dropTeam'] as const satisfies readonly ButtonAction['kind'][]

export type GroupAction = Extract<ButtonAction, { readonly kind: (typeof FOR_GROUPS)[number] }>

/** Whether a button may be pressed in a group. Who may press it is asked when it is pressed. */
export function isForGroups(action: ButtonAction | null): action is GroupAction {
  return FOR_GROUPS.some((kind) => kind === action?.kind)
}

/** A screen as a group sees it: nobody is called by name, and only such buttons as work there. */
export function screenForGroup(screen: Screen): Screen {
  const buttons = screen.buttons
    .map((row) => row.filter(({ action }) => isForGroups(action)))
    .filter((row) => row.length > 0)
  return { ...screen, buttons, input: null, visibility: 'everyone' }
}

/** One line for a group. */
export function groupLine(text: string): Screen {
  return screenForGroup(privateScreen({ blocks: [{ kind: 'plain', text }] }))
}
