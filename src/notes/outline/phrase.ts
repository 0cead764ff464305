import type { PhrasingContent } from 'mdast'
import { phraseOf } from '../anchor.ts'
import type { Phrase } from '../tree.ts'
import { explainedCommand, isCommand, shellText } from './commandLine.ts'

/** Plain text as a phrase: only what stands between backticks is code, and `{#id}` at the end an id. */
export function plainPhrase(text: string, line: number): Phrase {
  return phraseOf(nodesOf(text), line)
}

/** A term with its meaning, in the form that the rules know. */
export function termPhrase(term: string, meaning: string, line: number): Phrase {
  return phraseOf(
    [{ type: 'strong', children: [{ type: 'text', value: term }] }, ...nodesOf(`: ${meaning}`)],
    line,
  )
}

/** A list item as a phrase: a command, a command with what it does, or plain text. */
export function itemPhrase(text: string, line: number): Phrase {
  const explained = explainedCommand(text)
  if (explained !== null) {
    return phraseOf(
      [{ type: 'inlineCode', value: explained.command }, ...nodesOf(`: ${explained.meaning}`)],
      line,
    )
  }
  if (isCommand(text)) return phraseOf([{ type: 'inlineCode', value: shellText(text) }], line)
  return isFlatYaml(text) ? phraseOf([{ type: 'inlineCode', value: text }], line) : plainPhrase(text, line)
}

const KEY = /(?:^|\s)[a-z][A-Za-z]*:(?=\s|$)/g

/** "kind: Service metadata: name: web": a config file that lost its line ends. Its indents cannot be known. */
export function isFlatYaml(text: string): boolean {
  const keys = text.match(KEY)?.length ?? 0
  return keys >= 3 && /^[a-z][A-Za-z]*:\s/.test(text) && text.split(/\s+/).length <= keys * 3
}

function nodesOf(text: string): PhrasingContent[] {
  return text.split(/(`[^`]+`)/).flatMap((part): PhrasingContent[] => {
    if (part === '') return []
    if (/^`.+`$/.test(part)) return [{ type: 'inlineCode', value: part.slice(1, -1) }]
    return [{ type: 'text', value: part }]
  })
}
