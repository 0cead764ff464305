import { remembered } from './remembered.ts'

/** In longer choices a bracket or a word in code does not catch the eye. In characters. */
const CATCHES_THE_EYE = 60

/** Words and signs by which one choice can stand out among others, and how to call a choice that has them. */
const MARKS: readonly ChoiceMark[] = [
  { name: 'in code', has: (choice) => choice.length <= CATCHES_THE_EYE && choice.includes('`') },
  { name: 'with a price', has: (choice) => /[$€£]\s?\d/.test(withoutCode(choice)) },
  { name: 'with a percentage', has: (choice) => /\d\s?%/.test(withoutCode(choice)) },
  { name: 'with a number', has: (choice) => /(?<![\p{L}\p{N}])\d/u.test(withoutCode(choice)) },
  {
    name: 'with brackets',
    has: (choice) => choice.length <= CATCHES_THE_EYE && /\(.+\)/.test(withoutCode(choice)),
  },
  { name: 'with a small first letter', has: (choice) => /^\p{Ll}\S* \S+ \S+ \S/u.test(choice) },
  { name: 'with a full stop', has: (choice) => /\p{L}\.$/u.test(choice) },
  { name: 'in bold or italics', has: (choice) => /\*\S/.test(withoutCode(choice)) },
]

export interface ChoiceMark {
  readonly name: string
  has(choice: string): boolean
}

/** "Nothing" stands beside prices and numbers as one of them. */
const NOTHING = /^(?:nothing|none|no|free|zero|all|any|unlimited)$/i

/** The marks that one of two choices has and the other has not. */
export function marksApart(a: string, b: string): ChoiceMark[] {
  if (NOTHING.test(a) || NOTHING.test(b)) return []
  const [ofA, ofB] = [marksOf(a), marksOf(b)]
  return MARKS.filter((_, index) => ofA[index] !== ofB[index])
}

const marksOf: (choice: string) => readonly boolean[] = remembered((choice) =>
  MARKS.map(({ has }) => has(choice)),
)

/** Without code and the addresses of links, whose signs mean nothing here. */
function withoutCode(markdown: string): string {
  return markdown.replace(/`[^`]*`|\]\([^)]*\)/g, '')
}
