/**
 * Text that can do nothing to the text around it: control characters and lone surrogates become U+FFFD, and what
 * reorders a line (bidirectional embeddings, overrides and isolates) is taken out. Line feeds stay.
 */
export function harmless(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
      .replaceAll('\t', ' ')
      .replace(/[\u061c\u202a-\u202e\u2066-\u2069]/g, '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '\ufffd')
  )
}

/** The same on one line: line ends and the spaces around them become one space. */
export function harmlessLine(text: string): string {
  return harmless(text).replace(/ *\n\s*/g, ' ')
}

/** Whether there is anything to see. Discord refuses a message or a label of nothing but spaces. */
export function isVisible(text: string): boolean {
  // U+2800 and U+FFFC count as symbols but show nothing.
  return /[^\p{Z}\p{C}\p{DI}\u2800\ufffc]/u.test(text)
}
