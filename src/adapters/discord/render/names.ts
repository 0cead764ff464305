import { isVisible } from './harmless.ts'
import { plainRun, type Run } from './runs.ts'

/** Discord's own names are no longer; what comes from elsewhere could be. */
const NAME_LENGTH = 32
const NO_NAME = 'Somebody'

/** A person's name as text: hostile ones call nobody, link nowhere and hide nothing behind them. */
export function nameRun(name: string): Run {
  const run = plainRun(name.trim())
  if (!isVisible(run.text)) return plainRun(NO_NAME)
  const characters = [...run.text]
  return characters.length <= NAME_LENGTH
    ? run
    : { ...run, text: `${characters.slice(0, NAME_LENGTH - 1).join('')}…` }
}

/** Names one after another, and how many more there are; each begins with what parts it from the words before. */
export function namesRun(names: readonly Run[], more: number): Run[] {
  return [
    ...names.flatMap((name, index) => [plainRun(index === 0 ? '  ' : ', '), name]),
    ...(more > 0 ? [plainRun(` and ${more} more`)] : []),
  ]
}
