/** A number asked for. All texts are inline Markdown. */
export interface NumberQuestion {
  readonly prompt: string
  readonly answer: string
  /** What is counted or measured, e.g. "port": only such numbers compare. */
  readonly counts: string
  /** The prompt is the sentence with `[…]` for the number. */
  readonly isGap: boolean
}

const PRICE = String.raw`(?:[$€£¥]\s?|(?:USD|EUR|GBP)\s)\d[\d,.]*(?<![,.])(?:\s(?:thousand|million|billion))?`
const PERCENT = String.raw`\d+(?:[.,]\d+)?\s?(?:%|percent\b)`
const MONTH = '(?:January|February|March|April|May|June|July|August|September|October|November|December)'
const DATE = String.raw`(?:(?:\d{1,2} )?${MONTH} (?:\d{1,2}, )?)?(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d`
const NUMBER = String.raw`\d[\d,.]*(?<![,.])(?:\s(?:thousand|million|billion))?`
const SUBJECT = `(?<subject>[^,;]{2,70}?)`

type Groups = Readonly<Record<string, string>>

interface Form {
  readonly counts: string
  readonly pattern: RegExp
  /** Given the groups of the pattern, the subject as it stands inside a sentence; null when it does not fit. */
  ask(groups: Groups): string | null
}

const PARTICIPLES =
  'released|launched|founded|introduced|announced|created|published|started|invented|discovered|deprecated|removed|renamed|acquired|open-sourced|donated|built|opened|written|born|established|discontinued|retired|signed|elected|completed'
const PAST_TO_BASE: Readonly<Record<string, string>> = {
  launched: 'launch',
  started: 'start',
  began: 'begin',
  appeared: 'appear',
  ended: 'end',
  'came out': 'come out',
  shipped: 'ship',
  opened: 'open',
  closed: 'close',
  died: 'die',
  'went public': 'go public',
}
const HAVING: Readonly<Record<string, string>> = {
  have: 'have|has|had',
  need: 'needs?',
  require: 'requires?',
  support: 'supports?',
  allow: 'allows?',
  contain: 'contains?',
  hold: 'holds?',
  use: 'uses?',
  run: 'runs?',
  provide: 'provides?',
  offer: 'offers?',
  include: 'includes?',
  keep: 'keeps?',
}
const LIMITS: Readonly<Record<string, string>> = {
  'up to': ' at most',
  'at most': ' at most',
  'at least': ' at least',
}
const TIME = 'milliseconds?|seconds?|minutes?|hours?|days?|weeks?|months?|years?'

const FORMS: readonly Form[] = [
  {
    counts: 'price',
    pattern: form(
      String.raw`${SUBJECT} (?<verb>costs?) (?:about |around |only )?(?<answer>${PRICE})(?<per>(?: (?:per|an?|each) [\p{L}-]+)?(?: (?:for|in) (?:each |every )?[^,;.]+)?)(?:[,;].*)?`,
    ),
    ask: ({ subject, verb, per = '' }) =>
      `How much ${verb === 'costs' ? 'does' : 'did'} ${subject} cost${per}?`,
  },
  {
    counts: 'date',
    pattern: form(
      `${SUBJECT} (?<be>was|were) (?<done>(?:first |publicly |officially )*(?:${PARTICIPLES})(?: (?:by|at|to|from|as) [^,;]+?)?) (?:in|on) (?<answer>${DATE})(?<by> (?:by|at) [^,;]+)?`,
    ),
    ask: ({ subject, be, done, by = '' }) => `When ${be} ${subject} ${done}${by}?`,
  },
  {
    counts: 'date',
    pattern: form(
      `${SUBJECT} (?:first )?(?<verb>${Object.keys(PAST_TO_BASE).join('|')}) (?:in|on) (?<answer>${DATE})`,
    ),
    ask: ({ subject, verb = '' }) => `When did ${subject} ${PAST_TO_BASE[verb]}?`,
  },
  {
    counts: 'port',
    pattern: form(
      String.raw`${SUBJECT} (?<verb>listens?|runs?|answers?) on (?<protocol>TCP |UDP )?port (?<answer>\d+)(?: by default)?`,
    ),
    ask: ({ subject, verb = '', protocol = '' }) =>
      `On which ${protocol}port ${does(verb)} ${subject} ${base(verb)}?`,
  },
  {
    counts: 'default',
    pattern: form(
      String.raw`(?<subject>the default (?:[\p{L}-]+ ){1,3}(?:of|for) [^,;]{2,50}?) is (?<answer>(?:${NUMBER})(?: [\p{L}]+)?)`,
    ),
    ask: ({ subject = '' }) => `What is ${subject}?`,
  },
  {
    counts: 'time',
    pattern: form(`${SUBJECT} takes? (?:about |around )?(?<answer>${NUMBER} (?:${TIME}))(?: by default)?`),
    ask: ({ subject }) => `How long does ${subject} take?`,
  },
  {
    counts: 'percentage',
    pattern: form(
      String.raw`(?<answer>${PERCENT}) of (?<subject>(?:all )?(?!the\b|those\b|them\b|it\b|us\b)[^,;]{2,60}) (?<rest>(?:is|are|was|were|have|has|can|can't|cannot|could|do|don't|did|will|use|run|want|need|fail)\b[^,;:]*)`,
    ),
    ask: ({ subject, rest }) => `What percentage of ${subject} ${rest}?`,
  },
]

/** "A node runs up to 110 Pods": how many, where the thing that is counted follows the number. */
const COUNTED = form(
  String.raw`${SUBJECT} (?:can )?(?<verb>${Object.values(HAVING).join('|')}) (?<limit>(?:${Object.keys(LIMITS).join('|')}) )?(?<answer>${NUMBER}) (?<what>(?:[\p{L}-]+ ){0,2}\p{L}[\p{L}-]+s)(?<rest> by default| per [\p{L}-]+| in total)?`,
)

function form(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, 'iu')
}

/**
 * The question for the number of a sentence, where the sentence has a form that makes it sure.
 *
 * @param sentence Markdown without its full stop
 * @param isSubject tells whether words before the verb name a thing by themselves
 */
export function questionOf(
  sentence: string,
  isSubject: (markdown: string) => boolean,
): NumberQuestion | null {
  const plain = sentence.replace(/,? on the other hand,?/, '')
  for (const { counts, pattern, ask } of FORMS) {
    const groups = pattern.exec(plain)?.groups
    if (groups === undefined) continue
    const { subject = '', answer = '' } = groups
    const isShare = /%|percent/.test(answer)
    const isDefault = /^the default /i.test(subject)
    const named = isDefault ? subject.replace(/^.*? (?:of|for) /i, '') : subject
    if (!isShare && !isSubject(named)) return null
    const prompt = ask({ ...groups, subject: isShare ? subject : inSentence(subject) })
    if (prompt === null || prompt.includes('undefined')) return null
    return { prompt, answer: answer.trim(), counts, isGap: false }
  }
  return countQuestion(plain, isSubject)
}

function countQuestion(sentence: string, isSubject: (markdown: string) => boolean): NumberQuestion | null {
  const groups = COUNTED.exec(sentence)?.groups
  if (groups === undefined || !isSubject(groups.subject ?? '')) return null
  const { subject = '', verb = '', limit = '', answer = '', what = '', rest = '' } = groups
  if (/^(?:times|percent)\b/.test(what)) return null
  const word = Object.entries(HAVING).find(([, forms]) => new RegExp(`^(?:${forms})$`, 'i').test(verb))?.[0]
  if (word === undefined) return null
  const does = verb === 'had' ? 'did' : /s$/.test(verb) ? 'does' : 'do'
  const can = / can $/.test(sentence.slice(0, sentence.indexOf(verb, subject.length))) ? 'can' : does
  const end = LIMITS[limit.trim().toLowerCase()] ?? ''
  const prompt = `How many ${what} ${can} ${inSentence(subject)} ${word}${end}${rest}?`
  return { prompt, answer, counts: what.toLowerCase(), isGap: false }
}

const VERB = `(?:is|are|was|were|has|have|had|can|could|must|may|will|costs?|takes?|uses?|runs?|needs?|keeps?|holds?|supports?|allows?|limits?|stores?|listens?|starts?|waits?|ends?|expires?|lasts?|requires?|defaults?|serves?|handles?|reaches?|weighs?|measures?|covers?|contains?|became|began|ended|reached)`
const BEGINNING = new RegExp(`^(.{2,60}?) ${VERB} `, 'i')
const STRONG = new RegExp(
  String.raw`${PRICE}|${PERCENT}|(?<=\b(?:in|on|since|until|by) )(?:${DATE})\b|${NUMBER}(?= ?(?:[KMGTP]i?B|ms|kg|km|cm|mm|GHz|MHz|(?:v?CPU|core|node|pod|replica|byte|bit|character|request|user|container|cluster|machine|port|digit|time)s?|${TIME})\b)`,
  'giu',
)

/** A sentence that stands by itself with its one number blanked; null when it has more than one, or none with a unit. */
export function gapOf(sentence: string, isSubject: (markdown: string) => boolean): NumberQuestion | null {
  const subject = BEGINNING.exec(sentence)?.[1]
  if (subject === undefined || !isSubject(subject) || /\b(?:it|they|he|she|them)\b/i.test(sentence))
    return null
  const found = [...sentence.matchAll(STRONG)]
  const [match] = found
  // "1 hour": what follows would give it away.
  if (match === undefined || match[0] === '1') return null
  if (found.length > 1 || match.index < subject.length) return null
  if (numbersIn(sentence) !== numbersIn(match[0])) return null
  const prompt = `${sentence.slice(0, match.index)}[…]${sentence.slice(match.index + match[0].length)}.`
  return { prompt, answer: match[0], counts: unitOf(sentence, match), isGap: true }
}

/** A subject as it stands inside a question: only an article is sure to be no name. */
function inSentence(subject: string): string {
  return subject.replace(/^(?:The|An?)\b/, (article) => article.toLowerCase())
}

/** The word behind a number, without its plural; empty where the number says it all, as a price does. */
function unitOf(sentence: string, match: RegExpExecArray): string {
  const behind = /^\s?([\p{L}%]+)/u.exec(sentence.slice(match.index + match[0].length))?.[1] ?? ''
  return /^\d[\d.,]*$/.test(match[0]) ? behind.replace(/s$/, '') : ''
}

/** How many numbers a text has; digits that belong to a name, such as "L2" or "k8s", count for nothing. */
function numbersIn(text: string): number {
  return text.match(/(?<![\p{L}\p{N}])\d+(?:[.,:/-]\d+)*/gu)?.length ?? 0
}

function does(verb: string): string {
  return /s$/.test(verb) ? 'does' : 'do'
}

function base(verb: string): string {
  return verb.replace(/s$/, '')
}
