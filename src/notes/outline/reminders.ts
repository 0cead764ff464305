const REMINDER =
  /^(?:\?|todo\b|fixme\b|tbd\b|xxx\b|left off\b|stopped (?:here|at)\b|continue (?:here|at|from)\b|to be continued\b|come back\b|note to self\b|pictures? here\b|screenshots?\b|insert (?:picture|image|screenshot)|home$)/i

/** Tells whether text is a note of a person to themselves, such as "Left off on chapter 1" or "? missed this". */
export function isReminder(text: string): boolean {
  return REMINDER.test(text.trim())
}
