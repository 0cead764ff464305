/** The rules' names, as a file's front matter may switch them off. */
export const RULE_NAMES = ['definitions', 'tables', 'commands', 'lists', 'questions'] as const
export type RuleName = (typeof RULE_NAMES)[number]
