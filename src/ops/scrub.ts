/** Shorter values would make holes in ordinary words. */
const SECRET_LEAST_CHARACTERS = 6
const LINE_MAX_CHARACTERS = 500

/** What looks like a secret, whoever's it is. */
const SECRET_SHAPES = [
  // Who is in an address, and its password.
  /(?<=\w:\/\/)[^\s/@]+@/g,
  // Telegram's tokens.
  /\d{5,}:[\w-]{20,}/g,
  // Discord's: of bots, and of interactions.
  /[\w-]{16,}\.[\w-]{4,}\.[\w-]{16,}/g,
  /[\w-]{80,}/g,
]

/**
 * Makes what cleans lines before anybody sees them. Whoever writes a line leaves secrets out; this is for those that
 * somebody overlooks.
 *
 * @param secrets values that must not be seen; those of fewer than six characters are left
 */
export function scrubber(secrets: readonly string[]): (line: string) => string {
  const forms = secrets
    .filter((secret) => secret.length >= SECRET_LEAST_CHARACTERS)
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .sort((a, b) => b.length - a.length)
  return (line) => {
    let clean = forms.reduce((text, secret) => text.replaceAll(secret, '…'), line)
    for (const shape of SECRET_SHAPES) clean = clean.replace(shape, '…')
    // A line stays one line, whatever is in it.
    return clean.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, LINE_MAX_CHARACTERS)
  }
}
