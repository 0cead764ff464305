import { generateKeyPairSync, sign } from 'node:crypto'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')

/** The application's public key, as the developer portal shows it: 64 hex digits. */
export const PUBLIC_KEY = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex')

/** What to change of a post that Discord would send. */
export interface Tampering {
  /** When it was signed; now unless given. */
  readonly timestampSeconds?: number
  /** In place of the right one; null: no such header. */
  readonly signature?: string | null
}

/** What an endpoint answered. */
export interface EndpointAnswer {
  readonly status: number
  /** Null: none, or none that is JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: what a bot sends may be anything
  readonly body: any
}

/** The headers that Discord sends along with a body. */
export function signatureHeaders(
  body: string,
  { timestampSeconds = Math.floor(Date.now() / 1000), signature }: Tampering = {},
): Record<string, string> {
  const right = sign(null, Buffer.from(`${timestampSeconds}${body}`), privateKey).toString('hex')
  return {
    'x-signature-timestamp': String(timestampSeconds),
    ...(signature !== null && { 'x-signature-ed25519': signature ?? right }),
  }
}

/** Posts to an interaction endpoint as Discord does. @throws Error when nobody answers */
export async function postSigned(
  url: string,
  payload: unknown,
  tampering: Tampering = {},
): Promise<EndpointAnswer> {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload)
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signatureHeaders(body, tampering) },
    body,
  })
  const text = await response.text()
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : null }
}
