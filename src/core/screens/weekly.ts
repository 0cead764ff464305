import { type Block, privateScreen, type Screen } from '../screen.ts'
import type { PeriodDays } from '../team/period.ts'
import type { TroubleCard } from '../team/teamStore.ts'
import { count } from '../words.ts'
import { periodWords, shortName } from './leaderboard.ts'

/** A team's last week. */
export interface WeeklyView {
  readonly teamName: string
  readonly days: PeriodDays
  readonly rows: readonly { readonly rank: number; readonly name: string; readonly points: number }[]
  readonly forgotten: readonly TroubleCard[]
  readonly wrong: readonly TroubleCard[]
}

/** What is posted on Monday. */
export function weeklyScreen({ teamName, days, rows, forgotten, wrong }: WeeklyView): Screen {
  const blocks: Block[] = [
    { kind: 'heading', text: `The week of ${teamName}` },
    { kind: 'plain', text: `${periodWords({ asked: 'lastWeek', days })}.` },
    rows.length === 0
      ? { kind: 'plain', text: 'Nobody had points.' }
      : {
          kind: 'table',
          rows: rows.map(({ rank, name, points }) => [`${rank}.`, shortName(name), count(points, 'point')]),
        },
    ...cardBlocks('Forgotten most:', forgotten),
    ...cardBlocks('For whoever keeps the notes, cards that may be wrong (from the last four weeks):', wrong),
  ]
  return { ...privateScreen({ blocks }), visibility: 'everyone' }
}

function cardBlocks(title: string, cards: readonly TroubleCard[]): Block[] {
  if (cards.length === 0) return []
  return [
    { kind: 'plain', text: title },
    ...cards.flatMap((card): Block[] => [
      { kind: 'markdown', markdown: card.prompt },
      { kind: 'note', text: `${troubleWords(card)} · ${card.source.file}:${card.source.line}` },
    ]),
  ]
}

function troubleWords({ fails, answers, reports }: TroubleCard): string {
  const parts = [
    ...(reports > 0 ? [`reported ${count(reports, 'time')}`] : []),
    ...(answers > 0 ? [`missed ${fails} of ${count(answers, 'time')}`] : []),
  ]
  return parts.join(', ')
}
