import { styleText } from 'node:util'

/** What a stretch of text is; how it looks follows from it. */
type Role = keyof typeof FORMATS

/** How text is made to stand out. */
export interface Paint {
  readonly colour: boolean
  /** The text as its role looks; unchanged where colours are off. */
  readonly as: (role: Role, text: string) => string
}

const FORMATS = {
  heading: 'bold',
  notice: 'cyan',
  answer: ['green', 'bold'],
  note: 'dim',
  bar: 'green',
  primary: 'bold',
  key: 'cyan',
  strong: 'bold',
  emphasis: 'italic',
  delete: 'strikethrough',
  code: 'yellow',
  link: 'underline',
  warning: 'yellow',
} as const satisfies Record<string, Parameters<typeof styleText>[0]>

/** @param colour whether the terminal shows colours; without, no escape sequence is written at all */
export function painter(colour: boolean): Paint {
  if (!colour) return { colour, as: (_role, text) => text }
  // Whether to colour is the caller's decision: styleText would look at the process's own stdout.
  const as: Paint['as'] = (role, text) =>
    text === '' ? '' : styleText(FORMATS[role], text, { validateStream: false })
  return { colour, as }
}
