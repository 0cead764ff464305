/** What a quiz can show: a card beyond a limit stays a flashcard without choices. In characters. */
export const PROMPT_CHARACTERS = 300
export const CHOICE_CHARACTERS = 100
export const EXPLANATION_CHARACTERS = 200
