import type {
  APIApplicationCommandAutocompleteInteraction,
  APIApplicationCommandOptionChoice,
  APIInteraction,
} from 'discord.js'
import type { DeckSummary } from '../../core/store.ts'
import { studyDayAt } from '../../core/studyDay.ts'
import type { Surroundings } from '../../core/surroundings.ts'
import type { Answer } from './answer.ts'
import { askingOfUser } from './asker.ts'
import { typedOption } from './options.ts'

type Choice = APIApplicationCommandOptionChoice<string>

const CHOICES_MOST = 25
/** Of a choice's name, and of its value. */
const CHOICE_LENGTH = 100
/** Everything, where several decks can be named. */
const ALL: Choice = { name: 'All decks', value: 'all' }

/** What fits the option that is being typed: decks, or time zones. */
export async function suggest(
  surroundings: Surroundings,
  interaction: APIApplicationCommandAutocompleteInteraction,
): Promise<Answer> {
  const typed = typedOption(interaction)
  const text = (typed?.text ?? '').trim().toLowerCase()
  const choices =
    typed?.name === 'zone'
      ? zonesLike(surroundings, interaction, text)
      : decksLike(await askableDecks(surroundings, interaction), text, typed?.name === 'decks')
  return { kind: 'choices', choices: choices.slice(0, CHOICES_MOST) }
}

/** All decks that somebody sees, with how they stand to them. */
export async function decksOf(
  surroundings: Surroundings,
  interaction: APIInteraction,
): Promise<DeckSummary[]> {
  const { store } = surroundings
  const asking = askingOfUser(surroundings, interaction)
  const learner = await store.learner(asking.identity, asking.initialSettings)
  const today = studyDayAt(asking.now, learner.timeZone, learner.dayStartHour)
  return store.deckSummaries(learner.id, today)
}

/** Nobody's own cards are asked in a channel, but their owner may study them alone. */
async function askableDecks(
  surroundings: Surroundings,
  interaction: APIApplicationCommandAutocompleteInteraction,
): Promise<DeckSummary[]> {
  const decks = await decksOf(surroundings, interaction)
  return interaction.data.name === 'review' ? decks : decks.filter(({ isOwn }) => !isOwn)
}

/** @param isList whether several can be named, with commas between: the last one is being typed */
function decksLike(decks: readonly DeckSummary[], text: string, isList: boolean): Choice[] {
  const names = isList ? text.split(',').map((name) => name.trim()) : [text]
  const wanted = names.at(-1) ?? ''
  const before = names
    .slice(0, -1)
    .flatMap((name) => decks.find(({ id, title }) => isNamed(name, id, title)) ?? [])
  const found = decks
    .filter((deck) => !before.includes(deck))
    .filter(({ id, title }) => id.includes(wanted) || title.toLowerCase().includes(wanted))
    .map((deck): Choice => {
      const all = [...before, deck]
      return {
        name: all
          .map(({ title }) => title)
          .join(', ')
          .slice(0, CHOICE_LENGTH)
          .toWellFormed(),
        value: all.map(({ id }) => id).join(','),
      }
    })
    .filter(({ value }) => value.length <= CHOICE_LENGTH)
  return isList && before.length === 0 && 'all decks'.includes(wanted) ? [ALL, ...found] : found
}

function isNamed(name: string, id: string, title: string): boolean {
  return name === id || name === title.toLowerCase()
}

function zonesLike(surroundings: Surroundings, interaction: APIInteraction, wanted: string): Choice[] {
  const { findZones } = surroundings
  const likely = wanted === '' ? (askingOfUser(surroundings, interaction).zones ?? []) : findZones(wanted)
  const named = Intl.supportedValuesOf('timeZone').filter((zone) =>
    zone.toLowerCase().includes(wanted.replaceAll(' ', '_')),
  )
  return [...new Set([...likely, ...(wanted === '' ? [] : named)])].map((zone) => ({
    name: zone,
    value: zone,
  }))
}
