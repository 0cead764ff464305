import type { DraftText } from '../ownCard.ts'
import { ownCardOf } from '../ownCard.ts'
import { DRAFT_KEPT_HOURS, type Draft } from '../ownCardStore.ts'
import { type Button, type Link, privateScreen, type Screen } from '../screen.ts'

/** The card as it will look, and what can be done about it. */
export function previewScreen(draft: Draft): Screen {
  const { kind, prompt, answer } = ownCardOf(draft, draft.id)
  return privateScreen({
    blocks: [
      { kind: 'heading', text: 'Make this card?' },
      { kind: 'markdown', markdown: prompt },
      { kind: 'answer', markdown: answer },
      {
        kind: 'note',
        text: `${kind === 'typed' ? 'You will write the answer.' : 'You will see the answer and say how well you knew it.'} Only you see this card.`,
      },
    ],
    buttons: [
      [
        { ...KEEP, action: { kind: 'keepDraft', draftId: draft.id } },
        edit(draft.id, 'normal'),
        drop(draft.id),
      ],
    ],
    links: sourceLinks(draft),
  })
}

/** Says what keeps a draft from being a card. */
export function incompleteScreen(draft: Draft, problems: readonly string[]): Screen {
  return privateScreen({
    blocks: [
      { kind: 'heading', text: 'Not a card yet' },
      { kind: 'plain', text: problems.join(' ') },
    ],
    buttons: [[edit(draft.id, 'primary'), drop(draft.id)]],
    links: sourceLinks(draft),
  })
}

/** Asks for prompt and answer anew. */
export function editDraftScreen({ id, prompt, answer }: Draft): Screen {
  return privateScreen({
    blocks: [
      { kind: 'heading', text: 'Edit the card' },
      { kind: 'plain', text: 'Write the prompt on the first line and the answer below it. So far it is:' },
      { kind: 'plain', text: `${prompt}\n${answer}` },
    ],
    buttons: [[drop(id)]],
    input: { kind: 'ownCard', draftId: id, prompt, answer, label: 'Prompt and answer' },
  })
}

/** The card is there. */
export function keptScreen(notice: string | null): Screen {
  return privateScreen({
    notice,
    blocks: [
      { kind: 'heading', text: 'Card made' },
      { kind: 'plain', text: 'It is asked with your next new cards.' },
    ],
    buttons: [[STUDY, { label: 'Decks', action: { kind: 'decks' }, weight: 'normal' }]],
  })
}

/** A draft was deleted. */
export function droppedScreen(): Screen {
  return privateScreen({
    blocks: [{ kind: 'plain', text: 'Discarded: no card was made.' }],
    buttons: [[STUDY]],
  })
}

/** There is no such draft any more. */
export function draftGoneScreen(): Screen {
  const text = `That draft is gone: drafts are kept for ${DRAFT_KEPT_HOURS} hours.`
  return privateScreen({ blocks: [{ kind: 'plain', text }], buttons: [[STUDY]] })
}

/** The way to what a card was made from. */
export function sourceLinks({ link }: Pick<DraftText, 'link'>): Link[] {
  return link === null ? [] : [{ label: 'Source', url: link }]
}

const KEEP = { label: 'Keep', weight: 'primary' } as const
const STUDY: Button = { label: 'Study', action: { kind: 'study', deckId: null }, weight: 'primary' }

function edit(draftId: string, weight: Button['weight']): Button {
  return { label: 'Edit', action: { kind: 'editDraft', draftId }, weight }
}

function drop(draftId: string): Button {
  return { label: 'Discard', action: { kind: 'dropDraft', draftId }, weight: 'quiet' }
}
