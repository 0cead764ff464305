import { LIMITS } from './limits.ts'

/**
 * Discord refuses a whole message for one button to an address that it does not take, such as http://localhost: the host
 * has to be a name with a dot, or an IPv4 address.
 */
const HOST = /^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/

/**
 * An address as Discord takes it in a button.
 *
 * @returns in ASCII; null when Discord would not take it
 */
export function buttonUrl(url: string): string | null {
  if (!URL.canParse(url)) return null
  const { protocol, hostname, href } = new URL(url)
  const isTaken = (protocol === 'https:' || protocol === 'http:') && HOST.test(hostname)
  return isTaken && href.length <= LIMITS.buttonUrl ? href : null
}
