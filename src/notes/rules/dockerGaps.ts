import { codeSpan } from '../inline.ts'
import { lowered, type WordCase } from '../wording.ts'
import type { SnippetGap } from './snippetGap.ts'
import { isOrder } from './verbs.ts'

const INSTRUCTION =
  /^(FROM|RUN|CMD|LABEL|EXPOSE|ENV|ADD|COPY|ENTRYPOINT|VOLUME|USER|WORKDIR|ARG|ONBUILD|STOPSIGNAL|HEALTHCHECK|SHELL)\s+(\S.*)$/i
const SHOWN_CHARACTERS = 120

/** Instructions of a Dockerfile that a comment directly above explains: "# where the app listens" over `EXPOSE 80`. */
export function dockerGaps(text: string, words: WordCase): SnippetGap[] {
  const lines = text.split('\n')
  return lines.flatMap((line, index): SnippetGap[] => {
    const comment = /^\s*#\s*(?!syntax=|escape=)(\S.*)$/.exec(lines[index - 1] ?? '')?.[1]
    const match = INSTRUCTION.exec(line.trim())
    const [, instruction = '', rest = ''] = match ?? []
    if (match === null || comment === undefined || /^\s*#/.test(lines[index - 2] ?? '')) return []
    const value = instruction.toUpperCase()
    const shown = rest.replace(/\s*\\$/, ' …')
    const names = new RegExp(`\\b${value}\\b`, 'i')
    const does = lowered(comment.replace(/[.:]$/, ''), words)
    const code = codeSpan(`[…] ${shown}`)
    if (shown.length > SHOWN_CHARACTERS || names.test(comment)) return []
    return [
      {
        prompt: isOrder(does)
          ? `Which Dockerfile instruction is missing to ${does}? ${code}`
          : `Which Dockerfile instruction is missing? ${code} (${does})`,
        value,
        explanation: '',
        about: `instruction ${value} ${rest}`,
        lineInBlock: index,
        kind: 'instruction',
      },
    ]
  })
}
