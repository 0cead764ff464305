import type { DraftCardAction } from './action.ts'
import { draftText, problemsOf } from './ownCard.ts'
import type { Draft } from './ownCardStore.ts'
import type { Visit } from './record.ts'
import type { Screen } from './screen.ts'
import {
  draftGoneScreen,
  droppedScreen,
  editDraftScreen,
  incompleteScreen,
  keptScreen,
  previewScreen,
} from './screens/ownCard.ts'

const ALREADY = 'It is there already.'

/** Keeps what a person wrote as a draft, and shows the card it would be. */
export async function draftCard(visit: Visit, request: DraftCardAction): Promise<Screen> {
  const { store, learner, now } = visit
  const { draftId = null } = request
  const text = draftText(request)
  const former = draftId === null ? null : await store.draft(learner.id, draftId)
  if (former !== null) {
    const changed = { ...former, prompt: text.prompt, answer: text.answer }
    if (await store.changeDraft(learner.id, former.id, text, now)) return shown(changed)
    // It was kept, or dropped, while it was being written anew.
    if ((await store.draft(learner.id, former.id)) !== null) {
      return keptScreen('It was kept before: your change was not made.')
    }
  }
  // Who wrote for longer than drafts are kept does not lose it.
  return shown({ ...text, id: await store.saveDraft(learner.id, text, now), kept: false })
}

/** Asks for the text of a draft anew. */
export async function editDraft(visit: Visit, draftId: string): Promise<Screen> {
  const draft = await visit.store.draft(visit.learner.id, draftId)
  if (draft === null) return draftGoneScreen()
  return draft.kept ? keptScreen(ALREADY) : editDraftScreen(draft)
}

/** Makes a draft a card; pressed again it says that it is there. */
export async function keepDraft(visit: Visit, draftId: string): Promise<Screen> {
  const { store, learner } = visit
  const keeping = await store.keepDraft(learner.id, draftId)
  switch (keeping) {
    case 'kept':
      return keptScreen(null)
    case 'already':
      return keptScreen(ALREADY)
    case 'gone':
      return draftGoneScreen()
    case 'incomplete': {
      const draft = await store.draft(learner.id, draftId)
      return draft === null ? draftGoneScreen() : shown(draft)
    }
  }
}

/** Deletes a draft; a card that was made of it stays. */
export async function dropDraft(visit: Visit, draftId: string): Promise<Screen> {
  const { store, learner } = visit
  if (await store.dropDraft(learner.id, draftId)) return droppedScreen()
  const draft = await store.draft(learner.id, draftId)
  return draft === null ? draftGoneScreen() : keptScreen(ALREADY)
}

function shown(draft: Draft): Screen {
  const problems = problemsOf(draft)
  return problems.length === 0 ? previewScreen(draft) : incompleteScreen(draft, problems)
}
