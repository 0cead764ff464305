import { Command, CommanderError, Option } from 'commander'
import { parseStudyDay } from '../core/studyDay.ts'
import type { Relearn } from '../notes/identity/relearn.ts'
import { ConfigError, readConfig } from './config.ts'
import { failureLine } from './stopping.ts'

interface DecksBuildOptions {
  readonly check?: boolean
  readonly out: string
  readonly relearn?: string | true
  readonly keep?: boolean
}

/**
 * Runs one command line.
 *
 * @param words the arguments after the program's name
 * @returns the exit code: 0 done, 1 it did not work, 2 the command line is wrong
 */
export async function run(words: readonly string[]): Promise<number> {
  let exitCode = 0
  const program = new Command('deckhand')
    .description('A spaced-repetition quiz bot: notes become decks, SM-2 schedules them.')
    .exitOverride()
    .showHelpAfterError('Run "deckhand --help" for the commands.')

  program
    .command('start')
    .description(
      'study: in Telegram with TELEGRAM_TOKEN, in Discord with DISCORD_TOKEN, else in the terminal',
    )
    .action(async () => {
      const { start } = await import('./start.ts')
      exitCode = await start(readConfig(process.env))
    })

  const decks = program.command('decks').description('the cards generated from notes')
  decks
    .command('build')
    .description('generate decks from notes (default: decks/notes)')
    .argument('[paths...]', 'notes files or folders')
    .option('--check', 'write nothing; exit 1 when the decks on disk are not what the notes give')
    .option('--out <folder>', 'where the decks are written', 'decks')
    .option(
      '--relearn [ids]',
      'have cards learned anew: those whose answer means something else now, or these',
    )
    .addOption(new Option('--keep', 'keep what was learned, and say nothing of it').conflicts('relearn'))
    .action(async (paths: string[], { check = false, out, relearn, keep = false }: DecksBuildOptions) => {
      const { buildCommand } = await import('./decksBuild.ts')
      exitCode = await buildCommand({ paths, out, check, relearn: keep ? 'keep' : relearnOf(relearn) })
    })

  program
    .command('simulate')
    .description('what SM-2 makes of a row of answers, each given on its due day')
    .argument('<qualities...>', 'whole numbers from 0 (blackout) to 5 (perfect)')
    .option('--json', 'print an array of objects')
    .option('--from <date>', 'the day of the first answer, YYYY-MM-DD (default: today)')
    .action(async (given: string[], options: { json?: boolean; from?: string }) => {
      const { parseQualities, simulate, simulationTable } = await import('./simulate.ts')
      const from = parseStudyDay(options.from ?? new Date().toISOString().slice(0, 10))
      const answers = simulate(parseQualities(given), from)
      console.log(options.json === true ? JSON.stringify(answers, null, 2) : simulationTable(answers))
    })

  program
    .command('reports')
    .description('mistakes that learners reported in cards, latest first')
    .option('--limit <number>', 'at most so many', '50')
    .action(async ({ limit }: { limit: string }) => {
      const { reportsCommand } = await import('./reports.ts')
      exitCode = await reportsCommand(readConfig(process.env), Number(limit))
    })

  program
    .command('doctor')
    .description('check that schedules and scores are what the log says; exit 1 and name each difference')
    .option('--repair', 'rebuild from the log what differs, then check again')
    .action(async ({ repair = false }: { repair?: boolean }) => {
      const { doctorCommand } = await import('./doctor.ts')
      exitCode = await doctorCommand(readConfig(process.env), repair)
    })

  program
    .command('status')
    .description(
      'how things are: database, who receives, what is late, the last day; exit 1 when something is late',
    )
    .action(async () => {
      const { statusCommand } = await import('./status.ts')
      exitCode = await statusCommand(readConfig(process.env))
    })

  program
    .command('health')
    .description(
      'ask the process that runs on this machine, on DECKHAND_PORT, whether it is alive; exit 1 if not',
    )
    .action(async () => {
      const { healthCommand } = await import('./health.ts')
      exitCode = await healthCommand(readConfig(process.env))
    })

  program
    .command('jobs')
    .description(
      'daily quizzes and other jobs: what is planned, late or dead; exit 1 when something is late or dead',
    )
    .option('--retry', 'give dead jobs another chance')
    .addOption(new Option('--forget', 'forget the dead jobs').conflicts('retry'))
    .action(async ({ retry = false, forget = false }: { retry?: boolean; forget?: boolean }) => {
      const { jobsCommand } = await import('./jobs.ts')
      const fate = retry ? 'retry' : forget ? 'forget' : 'list'
      exitCode = await jobsCommand(readConfig(process.env), fate, new Date())
    })

  program
    .command('backup')
    .description('write everything in the database to a file; the bot may go on meanwhile (with Postgres)')
    .argument('[file]', 'a new file, or "-" for the standard output (default: deckhand-<time>.backup.gz)')
    .action(async (file: string | undefined) => {
      const { backupCommand } = await import('./backup.ts')
      exitCode = await backupCommand(readConfig(process.env), file, new Date())
    })

  program
    .command('restore')
    .description('read a backup into an empty database, of either kind, and check it')
    .argument('<file>', 'what "deckhand backup" has written, or "-" for the standard input')
    .action(async (file: string) => {
      const { restoreCommand } = await import('./backup.ts')
      exitCode = await restoreCommand(readConfig(process.env), file)
    })

  try {
    await program.parseAsync([...words], { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof ConfigError || error instanceof RangeError) {
      console.error(error.message)
      return 2
    }
    console.error(messageOf(error))
    return 1
  }
}

function relearnOf(option: string | true | undefined): Relearn {
  if (option === undefined) return 'none'
  return option === true ? 'changed' : new Set(option.split(',').filter((id) => id !== ''))
}

/** One line for a person; the stack only when asked for, since it helps nobody else. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return process.env.DECKHAND_DEBUG === '1' ? (error.stack ?? error.message) : failureLine(error)
}
