const LENGTH = 200

/** What looks like a secret: a bot's token, an address with a password, a long run of letters and digits. */
const SECRETS = [
  /\d{6,}:[\w-]{20,}/g,
  /\b[\w-]{20,}\.[\w-]{5,}\.[\w-]{20,}/g,
  /\/\/[^\s/@]*@/g,
  /\b[A-Za-z0-9_-]{40,}\b/g,
]

/**
 * Why something failed, as one line for the operator. What the database was given is left out, since it may be what
 * somebody wrote; so is what looks like a secret.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return cleaned(String(error))
  // drizzle puts query and values into its message; what went wrong is the cause.
  if (error.message.startsWith('Failed query')) {
    return error.cause === undefined ? 'a query failed' : reasonOf(error.cause)
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return cleaned(error.message || code || error.name)
}

function cleaned(text: string): string {
  const line = SECRETS.reduce((rest, secret) => rest.replace(secret, '…'), text)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
  return line.length > LENGTH ? `${line.slice(0, LENGTH - 1)}…` : line || 'no reason given'
}
