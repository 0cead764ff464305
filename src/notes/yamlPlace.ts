import { EVENT_ID, type Event, getScalarValue, parseEvents } from 'js-yaml'

/**
 * The line on which a value stands in a YAML document, counted from 1; that of the nearest value around it
 * when it is not there.
 *
 * @param path keys and indexes from the outside in
 * @throws YAMLException when the text is no YAML
 */
export function lineOfPath(yaml: string, path: readonly PropertyKey[]): number {
  const events = parseEvents(yaml, {})
  let at = events.findIndex(({ type }) => type !== EVENT_ID.DOCUMENT)
  for (const step of path) {
    const inside = childOf(yaml, events, at, step)
    if (inside === null) break
    at = inside
  }
  return yaml.slice(0, startOf(events[at])).split('\n').length
}

/** The index of the event that begins the child of a collection; null when there is none. */
function childOf(yaml: string, events: readonly Event[], parent: number, step: PropertyKey): number | null {
  const isMapping = events[parent]?.type === EVENT_ID.MAPPING
  if (!isMapping && events[parent]?.type !== EVENT_ID.SEQUENCE) return null
  let key: string | null = null
  for (let at = parent + 1, index = 0; at < events.length; at = afterNode(events, at), index++) {
    const event = events[at]
    if (event === undefined || event.type === EVENT_ID.POP) return null
    if (!isMapping && index === step) return at
    if (isMapping && index % 2 === 1 && key === step) return at
    key = event.type === EVENT_ID.SCALAR ? getScalarValue(yaml, event) : null
  }
  return null
}

/** The index behind a node and all that is in it. */
function afterNode(events: readonly Event[], at: number): number {
  let depth = 0
  let index = at
  do {
    const type = events[index]?.type
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) depth++
    if (type === EVENT_ID.POP) depth--
    index++
  } while (depth > 0 && index < events.length)
  return index
}

function startOf(event: Event | undefined): number {
  if (event?.type === EVENT_ID.SCALAR) return event.valueStart
  return event?.type === EVENT_ID.MAPPING || event?.type === EVENT_ID.SEQUENCE ? event.start : 0
}
