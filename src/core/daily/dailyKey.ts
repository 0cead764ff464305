import type { DailyOf } from '../quiz/roundStore.ts'

/** Names a question of a day in all places of a team, so that an answer to it counts once. */
export function dailyKey({ teamId, on }: Pick<DailyOf, 'teamId' | 'on'>, cardId: string): string {
  return `${teamId} ${on} ${cardId}`
}
