import { cityMapping } from 'city-timezones'

/** English says little of where somebody is: where most people in chats are. */
const ZONES_OF_ENGLISH = [
  'Europe/London',
  'America/New_York',
  'America/Chicago',
  'America/Los_Angeles',
  'Asia/Kolkata',
]
const ZONES_MOST = 6
/** Shorter words begin too many names. */
const PREFIX_LEAST = 4
/** "London" means the one in England although there are smaller ones. */
const CLEARLY_LARGER = 10

type City = (typeof cityMapping)[number]

/** A few lack a zone. */
const CITIES = cityMapping.filter(({ timezone }) => Boolean(timezone))

/**
 * The IANA zones of a city or a country as a person writes it.
 *
 * @returns the one with most people first; only one where it is clear which is meant, none when nothing is called so
 */
export function findZones(text: string): readonly string[] {
  const wanted = plain(text)
  if (wanted === '') return []
  const passes: ((city: City) => boolean)[] = [
    (city) => plain(city.city) === wanted || plain(city.city_ascii) === wanted,
    // A few countries have a number in place of their code.
    ({ country, iso2, iso3 }) => [country, iso2, iso3].some((name) => plain(String(name)) === wanted),
    (city) => wanted.length >= PREFIX_LEAST && plain(city.city).startsWith(wanted),
  ]
  for (const pass of passes) {
    const found = byPeople(CITIES.filter(pass))
    const [first, second] = found
    if (first === undefined) continue
    if (second !== undefined && pass === passes[0] && first.people > CLEARLY_LARGER * second.people) {
      return [first.zone]
    }
    return found.slice(0, ZONES_MOST).map(({ zone }) => zone)
  }
  return []
}

/**
 * Zones to offer to somebody of whom only the language is known.
 *
 * @param language an IETF tag such as `de` or `pt-BR`
 */
export function zonesOfLanguage(language: string): readonly string[] {
  try {
    const locale = new Intl.Locale(language)
    // "en-US" is what English is called by default.
    const isAnyEnglish = locale.language === 'en' && (locale.region ?? 'US') === 'US'
    if (isAnyEnglish) return ZONES_OF_ENGLISH
    const { region } = locale.maximize()
    return byPeople(CITIES.filter(({ iso2 }) => iso2 === region))
      .slice(0, ZONES_MOST)
      .map(({ zone }) => zone)
  } catch {
    return []
  }
}

/** The zones of cities with the people who live in them, most first. */
function byPeople(cities: readonly City[]): { readonly zone: string; readonly people: number }[] {
  const people = new Map<string, number>()
  for (const { timezone, pop } of cities) people.set(timezone, (people.get(timezone) ?? 0) + pop)
  return [...people].map(([zone, count]) => ({ zone, people: count })).sort((a, b) => b.people - a.people)
}

/** Without case, accents and punctuation: "São Paulo" is "sao paulo". */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
