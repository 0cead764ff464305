/** A file as the bot sent it. */
export interface SentFile {
  /** The name that the payload refers to, as in "attach://{part}". */
  readonly part: string
  readonly name: string
  readonly content: Buffer
}

/**
 * Reads multipart/form-data as grammY writes it: the platform's own parser wants file names in quotes.
 *
 * @throws Error when the body does not end as its boundary says
 */
export function readMultipart(body: Buffer, contentType: string) {
  const boundary = /boundary=([^;\s]+)/.exec(contentType)?.[1]
  if (boundary === undefined) throw new Error(`No boundary in "${contentType}"`)
  const delimiter = Buffer.from(`--${boundary}`)
  const fields: Record<string, string> = {}
  const files: SentFile[] = []
  for (let at = body.indexOf(delimiter); at >= 0; ) {
    const start = at + delimiter.length
    if (body.subarray(start, start + 2).toString() === '--') return { fields, files }
    const headersEnd = body.indexOf('\r\n\r\n', start)
    const end = body.indexOf(Buffer.concat([Buffer.from('\r\n'), delimiter]), headersEnd)
    if (headersEnd < 0 || end < 0) break
    const headers = body.subarray(start, headersEnd).toString('utf8')
    const part = /[;\s]name="?([^"\r\n;]*)"?/i.exec(headers)?.[1] ?? ''
    const name = /filename="?([^"\r\n]*)"?/i.exec(headers)?.[1]
    const content = body.subarray(headersEnd + 4, end)
    if (name === undefined) fields[part] = content.toString('utf8')
    else files.push({ part, name, content })
    at = end + 2
  }
  throw new Error('The multipart body has no end')
}
