/** What is wanted of a daily quiz, each as a person wrote it. What is left out or blank stays as it was. */
export interface DailyOptions {
  /** "9:00", "7 pm" */
  readonly time: string
  /** An IANA name or a city. */
  readonly zone?: string
  /** "1" to "10" */
  readonly questions?: string
  /** Ids or titles with commas between them; "all" for the team's. */
  readonly decks?: string
  /** "mon-fri", "mon,wed", "daily" */
  readonly weekdays?: string
  /** How many hours it stays open: "1" to "24". */
  readonly hours?: string
  /** The platform's id of where it is posted; the place's own unless given. */
  readonly chatId?: string
}

/**
 * Reads what follows the command where all is one line, as in Telegram:
 * `9:00 zone=Europe/Berlin questions=5 decks=helm,services days=mon-fri hours=12`.
 *
 * @returns what is wanted, still unchecked, or a sentence that says what could not be read
 */
export function parseDailyWords(_words: string): DailyOptions | { readonly error: string } {
  throw new Error('not written yet')
}
