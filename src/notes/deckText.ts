import { COLLECTION_STYLE, dump, visit } from 'js-yaml'
import type { RetiredCard, StoredCard, StoredDeck } from './deckFile.ts'

/**
 * A deck as the text of its file: keys in a fixed order, one field a line, nothing that is empty. The same
 * deck always gives the same bytes.
 */
export function deckText(deck: StoredDeck): string {
  const fields = {
    title: deck.title,
    source: deck.source,
    cards: deck.cards.map(cardFields),
    ...(deck.retired.length > 0 && { retired: deck.retired.map(askedFields) }),
  }
  const yaml = dump(fields, {
    lineWidth: -1,
    quoteStyle: 'double',
    noRefs: true,
    transform: (documents) =>
      visit(documents, (node) => {
        if (node.kind !== 'mapping') return
        for (const { key, value } of node.items) {
          const isContext = key.kind === 'scalar' && key.value === 'context'
          if (isContext && value.kind === 'sequence') value.style = COLLECTION_STYLE.FLOW
        }
      }),
  })
  const head =
    `# Generated from ${deck.source} by "deckhand decks build".\n` +
    '# Edit the notes and build again: what is changed here is lost.\n\n'
  return head + yaml.replace(/(?<!:)\n {2}- id: /g, '\n\n  - id: ')
}

function askedFields(card: RetiredCard): Record<string, unknown> {
  const { id, fact, about, side, kind, prompt, answer } = card
  return {
    id,
    fact,
    ...(about !== undefined && { about }),
    ...(side !== 'front' && { side }),
    kind,
    prompt,
    answer,
  }
}

function cardFields(card: StoredCard): Record<string, unknown> {
  const { accept, wrong, context, explanation, line } = card
  return {
    ...askedFields(card),
    ...(accept.length > 0 && { accept }),
    ...(wrong.length > 0 && { wrong }),
    ...(context.length > 0 && { context }),
    ...(explanation !== '' && { explanation }),
    line,
  }
}
