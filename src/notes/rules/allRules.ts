import { commands } from './commands.ts'
import { definitions } from './definitions.ts'
import { lists } from './lists.ts'
import { questions } from './questions.ts'
import type { Rule } from './rule.ts'
import { tables } from './tables.ts'

/** Every rule, in no order that matters: facts are put in the order of the notes. */
export const ALL_RULES: readonly Rule[] = [definitions, tables, commands, lists, questions]
