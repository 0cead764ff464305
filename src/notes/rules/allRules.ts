import { cloze } from './cloze.ts'
import { commands } from './commands.ts'
import { definitions } from './definitions.ts'
import { lists } from './lists.ts'
import { numbers } from './numbers.ts'
import { questions } from './questions.ts'
import type { Rule } from './rule.ts'
import { snippets } from './snippets.ts'
import { statements } from './statements.ts'
import { steps } from './steps.ts'
import { tables } from './tables.ts'

/** Every rule, in no order that matters: facts are put in the order of the notes. */
export const ALL_RULES: readonly Rule[] = [
  definitions,
  statements,
  tables,
  commands,
  lists,
  steps,
  questions,
  snippets,
  numbers,
  cloze,
]
