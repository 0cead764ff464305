import { and, eq, type SQL, sql } from 'drizzle-orm'
import { type ChatKey, type Conversation, HANDLED_KEPT } from '../core/chatStore.ts'
import { type Database, given } from './database.ts'
import { readInput } from './input.ts'
import { chats, learners } from './schema.ts'
import { storableJson } from './storable.ts'

/** @returns `conversation`; see the store's port */
export function prepareConversation(db: Database): (chat: ChatKey) => Promise<Conversation> {
  const statement = db
    .select({ messageId: chats.messageId, input: chats.input, handled: chats.handled })
    .from(chats)
    .where(and(eq(chats.platform, given(chats.platform)), eq(chats.chatId, given(chats.chatId))))
    .prepare('conversation')
  return async ({ platform, chatId }) => {
    const [row] = await statement.execute({ platform, chatId })
    if (row === undefined) return { messageId: null, input: null, handled: [] }
    return { ...row, input: readInput(row.input) }
  }
}

/**
 * A chat of a learner who was forgotten meanwhile is not stored: what they just asked to be forgotten would be
 * there again.
 *
 * @returns `saveConversation`; see the store's port
 */
export function prepareSaveConversation(
  db: Database,
): (chat: ChatKey, learnerId: number | null, conversation: Conversation) => Promise<void> {
  const values = (learnerId: SQL) =>
    sql`select ${given(chats.platform)}, ${given(chats.chatId)}, ${learnerId}, ${given(chats.messageId)},
      ${sql.placeholder('input')}::jsonb, ${sql.placeholder('handled')}::jsonb`
  const save = (row: SQL) =>
    db
      .insert(chats)
      .select(row)
      .onConflictDoUpdate({
        target: [chats.platform, chats.chatId],
        set: {
          learnerId: sql`excluded.learner_id`,
          messageId: sql`excluded.message_id`,
          input: sql`excluded.input`,
          handled: sql`excluded.handled`,
        },
      })
  const ofLearner = save(
    sql`${values(sql`${learners.id}`)} from ${learners} where ${learners.id} = ${given(learners.id, 'learnerId')}`,
  ).prepare('save_conversation_of_learner')
  const ofNobody = save(values(sql`null::bigint`)).prepare('save_conversation_of_nobody')

  return async ({ platform, chatId }, learnerId, { messageId, input, handled }) => {
    const row = {
      platform,
      chatId,
      messageId,
      input: storableJson(input),
      handled: storableJson(handled.slice(-HANDLED_KEPT)),
    }
    if (learnerId === null) await ofNobody.execute(row)
    else await ofLearner.execute({ ...row, learnerId })
  }
}
