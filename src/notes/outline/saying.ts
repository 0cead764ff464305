import { type Directives, NO_DIRECTIVES, type Paragraph } from '../tree.ts'
import { termPhrase } from './phrase.ts'

/** A term, what is said of it, and how to ask for it both ways; null asks as for any definition. */
export interface Saying {
  readonly term: string
  readonly meaning: string
  readonly ask: string | null
  readonly askBack: string | 'none' | null
}

const MODAL = /^(can|may|must|will|should)\s+(?=\p{Ll})/iu

/**
 * How to ask for what something does: "What do Namespaces do?", "Which things provide isolation?".
 *
 * @param what a sentence without its subject, such as "provide isolation" or "can hold containers"
 */
export function sayingOf(term: string, what: string, isPlural: boolean): Saying {
  const modal = MODAL.exec(what)?.[1]?.toLowerCase()
  const meaning = what.replace(MODAL, '')
  const subject = isPlural ? 'Which things' : 'What'
  if (modal !== undefined) {
    return { term, meaning, ask: `What ${modal} {term} do?`, askBack: `${subject} ${modal} {answer}?` }
  }
  return {
    term,
    meaning,
    ask: `What ${isPlural ? 'do' : 'does'} {term} do?`,
    askBack: `${subject} {answer}?`,
  }
}

/** A saying as a paragraph that the rules take for a definition. */
export function sayingParagraph({ term, meaning, ask, askBack }: Saying, line: number): Paragraph {
  const directives: Directives = {
    ...NO_DIRECTIVES,
    ask: ask === null ? null : { text: ask, line },
    askBack: askBack === null || askBack === 'none' ? askBack : { text: askBack, line },
  }
  const isPlain = ask === null && askBack === null
  return {
    kind: 'paragraph',
    line,
    directives: isPlain ? NO_DIRECTIVES : directives,
    phrase: termPhrase(term, meaning, line),
  }
}
