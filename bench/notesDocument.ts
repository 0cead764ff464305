const THINGS =
  'scheduler|registry|overlay|volume|gateway|operator|balancer|namespace|controller|snapshot|probe|manifest|agent|cluster|replica|ingress'.split(
    '|',
  )
const QUALITIES =
  'local|shared|virtual|managed|internal|private|fast|stable|remote|signed|cold|mirrored'.split('|')
const VERBS =
  'watches|copies|restarts|routes|collects|encrypts|balances|records|mounts|replaces|labels|checks'.split('|')
const PLACES =
  'every node|the control plane|one namespace|the registry|each region|the data disk|the edge network'.split(
    '|',
  )
const PROVIDERS = ['GKE', 'AKS', 'EKS']

/**
 * Notes of a given length as people write them: chapters with prose, definitions, nested bullets, a comparison
 * table, commands, shell blocks and questions. The same length always gives the same notes.
 *
 * @param characters at least as long
 */
export function notesDocument(characters: number): string {
  const parts = ['---\ntitle: Notes\n---\n']
  let length = 0
  for (let chapter = 1; length < characters; chapter++) {
    const text = chapterOf(chapter)
    parts.push(text)
    length += text.length
  }
  return parts.join('\n')
}

function chapterOf(chapter: number): string {
  const pick = picker(chapter)
  const name = (index: number): string => `${pick(QUALITIES)} ${pick(THINGS)} ${chapter}-${index}`
  const short = (): string => `${pick(VERBS)} the ${pick(QUALITIES)} ${pick(THINGS)}`
  const clause = (): string => `${short()}s of ${pick(PLACES)}`
  const many = (count: number, line: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => line(index)).join('\n')
  return `## Chapter ${chapter}

The ${name(0)} came up in *2019*. In a small team it ${clause()} and ${clause()}, see [the page](https://example.org/${chapter}) and \`config-${chapter}.yaml\`.

### Terms of chapter ${chapter}

${many(4, (index) => `- **${name(index)}**: ${clause()} and ${clause()}. It also ${clause()}.`)}

### Remarks on chapter ${chapter}

${many(14, (index) => `- the ${name(index)}\n  - ${short()}\n  - **never** ${short()}\n    - as it ${short()}\n    - and ${short()}\n  - ${short()}`)}

### Providers in chapter ${chapter}

| Feature | ${PROVIDERS.join(' | ')} |
|---|---|---|---|
${many(4, (index) => `| ${name(index)} limit | ${PROVIDERS.map((_, column) => `${chapter * 7 + index * 3 + column} ${pick(['GB', 'nodes', 'minutes'])}`).join(' | ')} |`)}

### Commands of chapter ${chapter}

${many(4, (index) => `- \`tool-${chapter} ${pick(THINGS)} --level ${index} NAME\`: ${clause()} and ${clause()}.`)}

\`\`\`sh
# ${clause()}
tool-${chapter} ${pick(THINGS)} apply -f ${chapter}.yaml
\`\`\`

### Questions on chapter ${chapter}

${many(3, (index) => `Q: In chapter ${chapter}, what ${clause()} when the ${name(index)} fails?\nA: The ${pick(QUALITIES)} ${pick(THINGS)} ${chapter}${index}\nNot: The ${pick(THINGS)} a${chapter} | The ${pick(THINGS)} b${chapter} | The ${pick(THINGS)} c${chapter}\nWhy: It ${clause()}.\n`)}
`
}

/** Chooses from lists, always the same for the same seed (a linear congruential generator, as in POSIX). */
function picker(seed: number): <T>(list: readonly T[]) => T {
  let state = seed
  return (list) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    const chosen = list[(state >>> 8) % list.length]
    if (chosen === undefined) throw new Error('nothing to choose from')
    return chosen
  }
}
