import { isMap, isPair, isScalar, isSeq, LineCounter, type Pair, parseAllDocuments, type YAMLMap } from 'yaml'
import { codeSpan } from '../inline.ts'
import type { Section } from '../tree.ts'
import type { SnippetGap } from './snippetGap.ts'

interface Entry {
  readonly path: string
  readonly key: string
  readonly value: string
  /** From the end of the line. */
  readonly comment: string
  readonly line: number
  /** The plain values beside it, in order, itself among them. */
  readonly beside: readonly { key: string; value: string }[]
}

/** Ports that stand for one service wherever they appear. */
const WELL_KNOWN_PORTS: Readonly<Record<string, string>> = {
  '22': 'SSH',
  '53': 'DNS',
  '443': 'HTTPS',
  '2379': 'etcd',
  '3306': 'MySQL',
  '5432': 'PostgreSQL',
  '6379': 'Redis',
  '6443': 'the Kubernetes API server',
  '9090': 'Prometheus',
  '10250': 'the kubelet',
  '27017': 'MongoDB',
}
const SHOWN_BESIDE = 2

/**
 * Values of a YAML or JSON snippet that are worth knowing. A snippet that is no valid YAML, such as a
 * template, gives none.
 */
export function yamlGaps(text: string, section: Section): SnippetGap[] {
  const lines = new LineCounter()
  const gaps: SnippetGap[] = []
  const documents = parseAllDocuments(text, { lineCounter: lines, strict: false, prettyErrors: false })
  if (!Array.isArray(documents)) return []
  for (const { contents, errors } of documents) {
    if (errors.length > 0 || !isMap(contents)) continue
    const name = nameOf(contents, section)
    const entries = [...entriesOf(contents, '', text, lines)]
    gaps.push(...manifestGaps(contents, entries))
    if (name === null) continue
    for (const entry of entries) {
      const gap = commentGap(entry, name) ?? portGap(entry, name)
      if (gap !== null && !gaps.some((other) => other.about === gap.about)) gaps.push(gap)
    }
  }
  return gaps
}

/** "the manifest of the Service `my-service`", "`values.yaml`"; null when nothing says what the snippet is. */
function nameOf(contents: YAMLMap, section: Section): string | null {
  const kind = contents.get('kind')
  const name = contents.getIn(['metadata', 'name'])
  if (typeof kind === 'string' && contents.has('apiVersion')) {
    return `the manifest of the ${kind}${typeof name === 'string' ? ` ${codeSpan(name)}` : ''}`
  }
  const heading = section.path.at(-1)
  if (heading === undefined) return null
  const file = /`?([\w.-]+\.(?:ya?ml|json))`?/i.exec(heading)?.[1]
  return file === undefined ? `the example under “${heading}”` : codeSpan(file)
}

/** Which group a kind of object belongs to, and which kind it is by what stands in it. */
function manifestGaps(contents: YAMLMap, entries: readonly Entry[]): SnippetGap[] {
  const [version, kind] = ['apiVersion', 'kind'].map((key) => entries.find(({ path }) => path === key))
  if (version === undefined || kind === undefined || !/^[A-Z]\w+$/.test(kind.value)) return []
  return [
    {
      prompt: `Manifest of a Kubernetes object: ${codeSpan('apiVersion: […]')} with ${codeSpan(`kind: ${kind.value}`)}`,
      value: version.value,
      explanation: '',
      about: `apiVersion of ${kind.value}`,
      lineInBlock: version.line,
      kind: 'apiVersion',
    },
    ...kindGap(contents, kind, version),
  ].filter(({ value }) => /^[\w./-]+$/.test(value))
}

/** What only one kind of object has in its `spec`; a Deployment's fields are those of a ReplicaSet too. */
const TELLTALE: Readonly<Record<string, readonly string[]>> = {
  CronJob: ['schedule', 'jobTemplate'],
  HorizontalPodAutoscaler: ['scaleTargetRef', 'maxReplicas'],
  Ingress: ['rules'],
  NetworkPolicy: ['podSelector', 'policyTypes'],
  PersistentVolumeClaim: ['accessModes', 'resources'],
  Pod: ['containers'],
  Service: ['selector', 'ports'],
  StatefulSet: ['serviceName', 'template'],
}

function kindGap(contents: YAMLMap, kind: Entry, version: Entry): SnippetGap[] {
  const spec = contents.get('spec')
  const fields = isMap(spec) ? spec.items.map(keyOf) : []
  const telling = TELLTALE[kind.value] ?? []
  if (telling.length === 0 || !telling.every((field) => fields.includes(field))) return []
  const shown = telling.map((field) => codeSpan(field)).join(' and ')
  return [
    {
      prompt: `Manifest with ${codeSpan(`apiVersion: ${version.value}`)} and ${shown} in its ${codeSpan('spec')}: ${codeSpan('kind: […]')}`,
      value: kind.value,
      explanation: '',
      about: `kind with ${telling.join(', ')}`,
      lineInBlock: kind.line,
      kind: 'kind',
    },
  ]
}

function commentGap(entry: Entry, name: string): SnippetGap | null {
  const { comment, value } = entry
  if (comment.split(/\s+/).length < 2 || /^(?:todo|fixme|change|your|replace)\b|<--|^\W/i.test(comment))
    return null
  const isTold = comment.toLowerCase().includes(value.toLowerCase())
  const hint = isTold ? '' : ` (${comment})`
  return { ...gapIn(entry, name, hint), explanation: isTold ? comment : '', kind: 'value' }
}

function portGap(entry: Entry, name: string): SnippetGap | null {
  const service = /port/i.test(entry.key) ? WELL_KNOWN_PORTS[entry.value] : undefined
  return service === undefined
    ? null
    : { ...gapIn(entry, name, ` (the usual port of ${service})`), kind: 'port' }
}

/** The line with its gap among its neighbours, under the path to it. */
function gapIn(entry: Entry, name: string, hint: string): Omit<SnippetGap, 'kind'> {
  const { path, key, value, beside, line } = entry
  const parent = path.slice(0, -key.length).replace(/\.$/, '')
  const at = beside.findIndex((other) => other.key === key)
  const from = Math.max(0, at - SHOWN_BESIDE)
  const shown = beside
    .slice(from, at + SHOWN_BESIDE)
    .map((other) => codeSpan(`${other.key}: ${other.key === key ? '[…]' : other.value}`))
  const under = parent === '' ? '' : `, under ${codeSpan(parent)}`
  return {
    prompt: `In ${name}${under}: ${shown.join(', ')}${hint}`,
    value,
    explanation: '',
    about: `${path} in ${name}`,
    lineInBlock: line,
  }
}

function* entriesOf(map: YAMLMap, prefix: string, text: string, lines: LineCounter): Generator<Entry> {
  const beside = map.items.flatMap((pair) => {
    const value = plainValue(pair)
    return value === null ? [] : [{ key: keyOf(pair), value }]
  })
  for (const pair of map.items) {
    const key = keyOf(pair)
    const path = `${prefix}${key}`
    const { value } = pair
    const plain = plainValue(pair)
    if (plain !== null && isScalar(value)) {
      const [start, end] = value.range ?? [0, 0]
      const rest = text.slice(end, text.indexOf('\n', end) < 0 ? undefined : text.indexOf('\n', end))
      const comment = /^[^#\n]*#\s*(.*?)\s*$/.exec(rest)?.[1] ?? ''
      yield { path, key, value: plain, comment, line: lines.linePos(start).line - 1, beside }
    } else if (isMap(value)) yield* entriesOf(value, `${path}.`, text, lines)
    else if (isSeq(value)) {
      for (const [index, item] of value.items.entries()) {
        if (isMap(item)) yield* entriesOf(item, `${path}[${index}].`, text, lines)
      }
    }
  }
}

function keyOf(pair: Pair | unknown): string {
  return isPair(pair) && isScalar(pair.key) ? String(pair.key.value) : ''
}

function plainValue(pair: Pair): string | null {
  const { value } = pair
  if (!isScalar(value) || value.value === null || typeof value.value === 'object') return null
  const text = String(value.source ?? value.value)
  return text === '' || text.includes('\n') || text.length > 60 ? null : text
}
