import { count } from '../core/words.ts'
import { buildFolder, type FolderBuild } from '../notes/buildFolder.ts'
import type { DeckChanges } from '../notes/changes.ts'
import type { Finding } from '../notes/finding.ts'
import type { Relearn } from '../notes/identity/relearn.ts'
import { writeDecks } from '../notes/writeDecks.ts'

/** The words after `decks build`. */
export interface BuildOptions {
  /** Notes files or folders; none means the folder of notes. */
  readonly paths: readonly string[]
  readonly out: string
  /** Write nothing, and fail when something would be written. */
  readonly check: boolean
  /** Cards that are to be learned anew; `keep` is none, without a hint. */
  readonly relearn: Relearn | 'keep'
}

const NOTES_FOLDER = 'decks/notes'
/** More lines than this would hide what matters. */
const CHANGES_SHOWN = 20

/**
 * Generates decks from notes, and prints what changed and what is wrong with file and line.
 *
 * @returns 0 when the decks are up to date, or now are; 1 when there is an error in the notes, or when
 *   checking and the decks are stale
 */
export async function buildCommand({ paths, out, check, relearn }: BuildOptions): Promise<number> {
  const folder: FolderBuild = {
    root: process.cwd(),
    paths: paths.length === 0 ? [NOTES_FOLDER] : paths,
    outFolder: out,
    relearn: relearn === 'keep' ? 'none' : relearn,
  }
  const result = await buildFolder(folder)
  for (const finding of result.findings) console.error(findingLine(finding))
  for (const line of changeLines(result.changes)) console.log(line)
  if (relearn === 'none') for (const line of keptLines(result.changes)) console.log(line)

  const failing = new Set(result.findings.filter(({ level }) => level === 'error').map(({ file }) => file))
  const stale = result.files.length + result.obsolete.length > 0
  if (!check) await writeDecks(folder.root, result)
  const cards = result.decks.reduce((sum, deck) => sum + deck.cards.length, 0)
  console.log(`${count(cards, 'card')} in ${count(result.decks.length, 'deck')}: ${outcome(check, stale)}`)
  if (failing.size > 0) {
    const fails =
      failing.size === 1
        ? 'has an error: its deck stays as it was'
        : 'have errors: their decks stay as they were'
    console.error(`${count(failing.size, 'file')} ${fails}. The lines above say what to do.`)
  }
  if (check && stale) {
    for (const { path } of result.files) console.error(`${path} is not what the notes give`)
    for (const path of result.obsolete) console.error(`${path} is made from notes that are gone`)
    console.error('Run "npm run deckhand -- decks build" and commit the decks.')
  }
  return failing.size > 0 || (check && stale) ? 1 : 0
}

function outcome(check: boolean, stale: boolean): string {
  if (!stale) return 'up to date'
  return check ? 'stale' : 'written'
}

function findingLine({ file, line, level, rule, message }: Finding): string {
  return `${file}:${line}: ${level} (${rule}): ${message}`
}

/** Cards that keep their history though their answer is another now, and what to do about it. */
function keptLines({ edited }: DeckChanges): string[] {
  const kept = edited.filter(({ newMeaning }) => newMeaning !== null)
  if (kept.length === 0) return []
  const ids = kept.map(({ id }) => id).join(',')
  return [
    `${kept.length === 1 ? 'One answer means' : `${kept.length} answers mean`} something else now. What was learned is kept:`,
    ...kept
      .slice(0, CHANGES_SHOWN)
      .flatMap(({ id, prompt, answerBefore, answer, newMeaning }) => [
        `  ${id}  ${prompt}`,
        `      ${answerBefore} → ${answer} (${newMeaning})`,
      ]),
    `To have them learned anew, build with --relearn=${ids}; to say nothing of it, with --keep.`,
  ]
}

function changeLines(changes: DeckChanges): string[] {
  const lines = [
    ...changes.new.map(({ id, prompt }) => `new      ${id}  ${prompt}`),
    ...changes.edited.map(({ id, prompt }) => `edited   ${id}  ${prompt}`),
    ...changes.moved.map(({ id, prompt, to }) => `moved    ${id}  ${prompt} (to ${to.join(' › ')})`),
    ...changes.retired.map(({ id, prompt }) => `retired  ${id}  ${prompt}`),
  ]
  const hidden = lines.length - CHANGES_SHOWN
  return hidden > 1 ? [...lines.slice(0, CHANGES_SHOWN), `… and ${hidden} more`] : lines
}
