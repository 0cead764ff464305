/** Verbs that notes on commands begin with, in the form of an order. */
const BASE_VERBS = new Set(
  `add allow annotate apply attach back bind block build bump call change check clean clear clone close
  commit compare compile compress configure connect convert copy count create cut debug decode decrypt define
  delete deploy describe destroy detach disable display download drain drop dump edit enable encode encrypt
  enter exec execute exit expand export expose extract fetch filter find fix follow force format forward
  generate get give go grant grep import increase init initialise initialize inspect install join keep kill
  label launch let limit link lint list load lock log login look make map mark merge migrate modify monitor
  mount move name open output package patch pause ping plan port-forward print protect prune publish pull push
  query read reboot rebuild record recreate redirect refresh register reload remove rename render repeat
  replace report reset resize resolve restart restore resume retry return revert roll rotate run save scale
  scan search see select send serve set show shut sign skip sort split squash ssh start stash stop store
  stream submit switch sync tag tail taint tell terminate test tie time trace track transfer trigger turn
  uncordon undo uninstall unlock unpack unset untar update upgrade upload use validate verify view wait
  watch wipe write zip`.split(/\s+/),
)

/** More verbs, in the form in which notes say what a thing does; some of them are nouns in other forms. */
const DOES = new Set(
  `accepts assigns balances collects combines controls decides delivers detects distributes drives ensures gives
  groups guarantees handles holds isolates keeps makes manages operates orders owns protects provides receives
  rejects represents routes schedules separates signs speaks splits takes talks tells translates turns uses
  wraps`.split(/\s+/),
)

const NO_VERB = new Set(['this', 'its', 'always', 'is', 'has', 'was', 'does', 'plus', 'less', 'pods', 'yes'])
/** After one of these a word was a noun: "links between pages". */
const NO_OBJECT = new Set([
  'between',
  'to',
  'on',
  'by',
  'at',
  'over',
  'under',
  'as',
  'is',
  'not',
  'only',
  '=',
  '–',
  '-',
])
const NOUN_FOLLOWS = new Set(['of', 'that', 'which', 'who', 'for', 'in', 'are', 'with', 'from', 'and', 'or'])

/** "lists the charts": a sentence whose subject was left out. */
export function readsOn(text: string): boolean {
  const [first = '', second = ''] = text.toLowerCase().split(/\s+/)
  return /^[a-z-]+[^s\W]s$/.test(first) && !NO_VERB.has(first) && !NOUN_FOLLOWS.has(second)
}

/** "list the charts": an order. */
export function isOrder(text: string): boolean {
  const [first = ''] = text.toLowerCase().split(/\s+/)
  return BASE_VERBS.has(first)
}

/** "stores the state of the cluster": surely a verb, for it is known as one or what it acts on follows. */
export function hasSubjectLeftOut(text: string): boolean {
  const [first = '', second = ''] = text.toLowerCase().split(/\s+/)
  if (/^(?:an?|the|its|your|all|every|each|one|what|where|how|whether)$/.test(second)) return readsOn(text)
  const isVerb =
    DOES.has(first) || BASE_VERBS.has(first.replace(/s$/, '')) || BASE_VERBS.has(first.replace(/es$/, ''))
  if (!isVerb || !first.endsWith('s') || NO_VERB.has(first)) return false
  return second === 'which' || !(NOUN_FOLLOWS.has(second) || NO_OBJECT.has(second) || second === '')
}
