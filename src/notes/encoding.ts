import { isUtf8 } from 'node:buffer'

/** The text of a file, or what is wrong with it and what to do. */
export type Decoded = { readonly text: string } | { readonly problem: string }

/** Bytes looked at to tell what a file is. */
const SAMPLE = 4096

/** Reads bytes as UTF-8, the one encoding notes may have; names another one where it can be told. */
export function decoded(bytes: Buffer): Decoded {
  const [first, second] = bytes
  const sample = bytes.subarray(0, SAMPLE)
  const zeros = sample.filter((byte) => byte === 0).length
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  // Latin letters in two bytes each: every other byte is zero.
  if (isMarked || (zeros > sample.length * 0.4 && zeros <= sample.length * 0.6 && isAlternating(sample))) {
    return { problem: 'the text looks like UTF-16: save it as UTF-8' }
  }
  if (bytes.includes(0)) {
    return { problem: 'this is no text but a binary file: take it out, or give it another ending' }
  }
  if (isUtf8(bytes)) return { text: bytes.toString('utf8').replace(/^\uFEFF/, '') }
  // What is wrong is read as U+FFFD, and what stands before it as it is.
  const [good = ''] = bytes.toString('utf8').split('\uFFFD')
  const line = good.split('\n').length
  if (/[^\0-\x7f]/.test(good) && bytes.length - Buffer.byteLength(good) < 4) {
    return { problem: `the text breaks off in the middle of a character (line ${line}): fetch it again` }
  }
  const shown = bytes.subarray(Buffer.byteLength(good)).toString('latin1', 0, 1)
  // Control characters of Latin-1 are letters and quotes in Windows-1252.
  const name = bytes.some((byte) => byte >= 0x80 && byte < 0xa0) ? 'Windows-1252' : 'Latin-1'
  const what = /\p{L}/u.test(shown) ? `“${shown}” in line ${line}` : `line ${line}`
  return { problem: `the text is not UTF-8 but looks like ${name} (${what}): save it as UTF-8` }
}

function isAlternating(bytes: Buffer): boolean {
  const zerosAt = [0, 0]
  bytes.forEach((byte, index) => {
    if (byte === 0) zerosAt[index % 2] = (zerosAt[index % 2] ?? 0) + 1
  })
  return Math.min(...zerosAt) * 10 < Math.max(...zerosAt)
}
