import { Document, isMap, isSeq } from 'yaml'
import type { RetiredCard, StoredCard, StoredDeck } from './deckFile.ts'

/**
 * A deck as the text of its file: keys in a fixed order, one field a line, nothing that is empty. The same
 * deck always gives the same bytes.
 */
export function deckText(deck: StoredDeck): string {
  const document = new Document({
    title: deck.title,
    source: deck.source,
    cards: deck.cards.map(cardFields),
    ...(deck.retired.length > 0 && { retired: deck.retired.map(askedFields) }),
  })
  document.commentBefore =
    ` Generated from ${deck.source} by "deckhand decks build".\n` +
    ' Edit the notes and build again: what is changed here is lost.'
  for (const key of ['cards', 'retired']) {
    const list = document.get(key, true)
    if (!isSeq(list)) continue
    for (const item of list.items) {
      if (!isMap(item)) continue
      // Before the first, the library would leave blanks at a line's end.
      if (item !== list.items[0]) item.spaceBefore = true
      const context = item.get('context', true)
      if (isSeq(context)) context.flow = true
    }
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false, defaultStringType: 'PLAIN' })
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
