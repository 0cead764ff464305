/** U+2400 and the 32 after it show the control characters as small letters: ␀, ␛. */
const CONTROL_PICTURES = 0x2400
const DELETE = 0x7f
const DELETE_PICTURE = '␡'

/**
 * Text that a terminal shows and never obeys: an escape sequence in a card or in what a person typed becomes
 * visible characters. What reorders a line (bidirectional controls) is taken out; line ends and tabs become
 * spaces.
 */
export function harmless(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/[\t\n\v\f\r\u2028\u2029]+/g, ' ')
      .replace(/[\u061c\u202a-\u202e\u2066-\u2069]/g, '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      .replace(/[\u0000-\u001f\u007f-\u009f]/g, pictureOf)
  )
}

function pictureOf(control: string): string {
  const code = control.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(CONTROL_PICTURES + code)
  // The second range (8-bit escape sequences) has no pictures.
  return code === DELETE ? DELETE_PICTURE : '\ufffd'
}
