import { codeSpan } from '../inline.ts'
import { lowered, type WordCase } from '../wording.ts'
import { commentedCommands } from './shell.ts'
import type { SnippetGap } from './snippetGap.ts'
import { isOrder } from './verbs.ts'

const FLAG = /(?<=\s)(--?[A-Za-z][\w-]*)(?=[\s=]|$)/g
const MOST_FLAGS = 2

/**
 * Options of commands that a comment explains: "# run nginx in the background" over `docker run -d nginx`.
 * A command with many options is not asked for, since the comment does not say which of them is meant.
 */
export function flagGaps(text: string, words: WordCase): SnippetGap[] {
  return commentedCommands(text).flatMap(({ comment, command, lineInBlock }) => {
    const outsideQuotes = command.replace(/'[^']*'|"[^"]*"/g, (quoted) => '"'.repeat(quoted.length))
    const flags = [...outsideQuotes.matchAll(FLAG)]
    if (flags.length > MOST_FLAGS || new Set(flags.map(([flag]) => flag)).size < flags.length) return []
    return flags.flatMap((match): SnippetGap[] => {
      const [flag] = match
      if (comment.includes(flag)) return []
      // "-p 8080:80" keeps what it is given, or the gap could be anything.
      const rest = command.slice(match.index + flag.length)
      const code = codeSpan(`${command.slice(0, match.index)}[…]${rest}`)
      const does = lowered(comment.replace(/[.:]$/, ''), words)
      const prompt = isOrder(does)
        ? `Which option is missing to ${does}? ${code}`
        : `Which option is missing? ${code} (${does})`
      return [
        {
          prompt,
          value: flag,
          explanation: '',
          about: `option ${flag} of ${command}`,
          lineInBlock,
          kind: 'option',
        },
      ]
    })
  })
}
