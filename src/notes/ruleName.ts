/** The rules' names, as a file's front matter may switch them off. */
export const RULE_NAMES = [
  'definitions',
  'statements',
  'tables',
  'commands',
  'lists',
  'steps',
  'questions',
  'snippets',
  'numbers',
  'cloze',
] as const
export type RuleName = (typeof RULE_NAMES)[number]
