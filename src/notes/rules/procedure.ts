import { markdownOf, plainText } from '../inline.ts'
import type { Item, List, Section } from '../tree.ts'
import { countOf, lowered, type WordCase } from '../wording.ts'
import { isOrder } from './verbs.ts'

/** A list whose items are done one after the other. */
export interface Procedure {
  readonly steps: readonly Step[]
  /** "What is the first step to add a machine?" */
  readonly askFirst: string
  /** "What is the next step to add a machine after …?", without the step and the question mark. */
  readonly askNext: string
}

export interface Step {
  readonly item: Item
  /** Markdown, without "Step 1)" and the stop at its end. */
  readonly text: string
}

const FEWEST = 3
const MOST = 12
const STEP_CHARACTERS = 100
const NUMBERED = /^(?:step|phase|stage)\s+\d+\s*(?:[).:–—-]+\s*)?/i
const COUNT = '(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\d{1,2})'

/**
 * Reads a list as a procedure: its sentence or heading speaks of steps or of how to do something, or its items
 * are numbered "Step 1" or are orders. Other numbered lists only count.
 *
 * @returns null for a list that is none, that has too few steps to ask for their order, or too long ones
 */
export function procedureOf(list: List, section: Section, words: WordCase): Procedure | null {
  const { items } = list
  if (items.length < FEWEST || items.length > MOST) return null
  const plain = items.map(({ phrase }) => (phrase === null ? '' : plainText(phrase.nodes)))
  const isNumbered = plain.every((text) => NUMBERED.test(text))
  if (!list.ordered && !isNumbered) return null
  const lead = list.lead === null ? '' : markdownOf(list.lead.phrase.nodes)
  const heading = section.path.at(-1) ?? ''
  const counted = countOf(new RegExp(`\\b${COUNT}\\b`, 'i').exec(lead)?.[0] ?? '')
  if (counted !== null && counted !== items.length) return null
  const named = namedBy(lead, words) ?? namedByHeading(heading, words)
  const orders = plain.filter((text) => isOrder(text)).length
  const isDone = isNumbered || orders * 3 >= items.length * 2
  const wording =
    named ?? (isDone ? (activity(heading, words) ?? namedAfter(heading, list, isNumbered)) : null)
  if (wording === null) return null
  const steps = items.flatMap((item): Step[] => {
    const text = stepText(item)
    return text === null ? [] : [{ item, text }]
  })
  if (
    steps.length < items.length ||
    new Set(steps.map(({ text }) => text.toLowerCase())).size < items.length
  ) {
    return null
  }
  return { ...wording, steps }
}

type Wording = Pick<Procedure, 'askFirst' | 'askNext'>

/** From the sentence above: "The four steps to an overlay network are:", "To add a machine:". */
function namedBy(lead: string, words: WordCase): Wording | null {
  const last = (lead.split(/(?<=[.!?])\s+(?=\p{Lu})/u).at(-1) ?? '').replace(/\s*:\s*$/, '')
  const steps = new RegExp(
    `^(?:these are |here are )?(?:the )?(?:following )?(${COUNT} )?((?:\\S+ ){0,3}?(?:steps|stages|phases))\\b(.*?)(?: (?:are|is|were|was)(?: as follows| the following| these)?| as follows)?(?:,? in (?:this |that )?order)?$`,
    'i',
  ).exec(last)
  const of = steps?.[3]?.trim() ?? ''
  if (steps !== null && /^(?:to|of|for|in|when|from|until|by|towards?) \S/.test(of)) {
    const noun = lowered(steps[2] ?? '', words)
    const all = `the ${steps[1]?.toLowerCase() ?? ''}${noun} ${of}`
    return { askFirst: `What is the first of ${all}?`, askNext: `Of ${all}, which comes after` }
  }
  const to =
    /^(?:so )?to ((?:get|make|\p{Ll}+) .+?)(?:,? (?:you|we|one|do|take|follow|run|use|there|these|the following)\b.*)?$/iu.exec(
      last,
    ) ?? /^how (?:to|do (?:you|we|i)) (.+?)\??$/i.exec(last)
  return to?.[1] === undefined || /\b(?:this|that|it|these|them)\b/i.test(to[1])
    ? null
    : toDo(to[1].replace(/,$/, ''))
}

function namedByHeading(heading: string, words: WordCase): Wording | null {
  const howTo = /^(?:[\d.]+ )?(?:how to|steps to) (.+?)\??$/i.exec(heading)?.[1]
  if (howTo !== undefined) return toDo(lowered(howTo, words))
  const steps = /^(?:[\d.]+ )?((?:\S+ )+)(?:steps|procedure)$/i.exec(heading)?.[1]
  return steps === undefined ? null : inTitle(`${heading}`)
}

/** "Installing Helm" */
function activity(heading: string, words: WordCase): Wording | null {
  const doing = /^(?:[\d.]+ )?(\p{L}{2,}ing (?!of\b).+)$/u.exec(heading)?.[1]
  if (doing === undefined) return null
  const name = lowered(doing, words)
  return { askFirst: `What is the first step of ${name}?`, askNext: `What is the next step of ${name} after` }
}

function namedAfter(heading: string, list: List, isNumbered: boolean): Wording | null {
  const isIntroduced =
    list.lead !== null &&
    /\b(?:in (?:this|that) order|one after (?:the other|another))\b/i.test(plainText(list.lead.phrase.nodes))
  return heading !== '' && (isNumbered || isIntroduced) ? inTitle(heading) : null
}

function toDo(what: string): Wording {
  return {
    askFirst: `What is the first step to ${what}?`,
    askNext: `What is the next step to ${what} after`,
  }
}

function inTitle(heading: string): Wording {
  return {
    askFirst: `${heading}: what is the first step?`,
    askNext: `${heading}: what is the next step after`,
  }
}

function stepText({ phrase }: Item): string | null {
  if (phrase === null) return null
  const text = markdownOf(phrase.nodes)
    .replace(/^(\*\*|\*)?(?:step|phase|stage)\s+\d+\s*(?:[).:–—-]+\s*)?/i, '$1')
    .replace(/^\*\*\*\*\s*/, '')
    .replace(/[.:;,]$/, '')
    .trim()
  return text === '' || text.length > STEP_CHARACTERS || /[.!?] \p{Lu}/u.test(text) ? null : text
}
