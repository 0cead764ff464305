/**
 * Telegram refuses a whole message for one link to an address that it does not take, such as http://localhost: the host
 * has to be a name with a dot, or an IPv4 address.
 */
const HOST = /^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/

/**
 * An address as Telegram takes it in a link or a button.
 *
 * @returns in ASCII; null when Telegram would not take it
 */
export function acceptedUrl(url: string): string | null {
  if (!URL.canParse(url)) return null
  const { protocol, hostname, port, href } = new URL(url)
  return (protocol === 'https:' || protocol === 'http:') && HOST.test(hostname) && port !== '0' ? href : null
}
