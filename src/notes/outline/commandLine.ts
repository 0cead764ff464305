/** Programs whose names are no plain English words: a line that begins with one is a command. */
const PROGRAMS = new Set(
  `ansible ansible-playbook apk apt apt-get argocd aws az brew bundle cargo chmod chown cmake conda cp crictl
  ctr curl df dig dnf docker docker-compose du eksctl ffmpeg gcc gcloud gh git gradle grep gsutil helm ifconfig
  istioctl java javac journalctl jq k k3d k3s kubeadm kubectl kubectx kubens kustomize ls minikube mkdir mongosh
  mvn mysql netstat nginx npm npx nslookup oc openssl pip pip3 pnpm podman psql pwd python python3 redis-cli rm
  rsync scp skaffold sqlite3 ssh sudo systemctl tar terraform tmux vagrant velero vim wget yarn yum zypper`.split(
    /\s+/,
  ),
)
const OPTION = /(?:^|\s)(?:--?|[–—])[A-Za-z]/
const ENGLISH = /\b(?:the|is|are|was|were|an?|you|your|we|our|I|it|they|this|that|and|or|of|which|will|can)\b/
const MOST_WORDS = 16

/**
 * Tells whether text is a command: it begins with a well-known program, or with a small word and has an option,
 * and it is no sentence.
 */
export function isCommand(text: string): boolean {
  const words = text.trim().split(/\s+/)
  const [program = ''] = words
  if (words.length < 2 || words.length > MOST_WORDS || !/^[a-z][a-z0-9._-]*$/.test(program)) return false
  if (!PROGRAMS.has(program) && !OPTION.test(text)) return false
  const withoutQuotes = text.replace(/["“'‘][^"”'’]*["”'’]/g, 'x').replace(/(?:\$\{[^}]*\}|<[^>]*>)/g, 'x')
  return !/[.!?:,;]$|[,;:] /.test(withoutQuotes) && !ENGLISH.test(withoutQuotes)
}

/** A command as a shell wants it: typographic dashes and quotes are what a word processor made of `--` and `"`. */
export function shellText(command: string): string {
  return command
    .trim()
    .replace(/(^|\s)[–—](?=[A-Za-z]{2})/g, '$1--')
    .replace(/(^|\s)[–—](?=[A-Za-z](?:\s|$))/g, '$1-')
    .replace(/[“”]/g, '"')
    .replace(/[‘’]/g, "'")
}

/** Commands that lost the line ends between them: each begins with the program of the first. */
export function commandsIn(text: string): string[] {
  const words = shellText(text).split(/\s+/)
  const commands: string[][] = []
  for (const word of words) {
    if (commands.length === 0 || (word === words[0] && PROGRAMS.has(word))) commands.push([word])
    else commands.at(-1)?.push(word)
  }
  return commands.map((command) => command.join(' '))
}

/** "helm list – shows the releases": a command and what it does; null for anything else. */
export function explainedCommand(text: string): { command: string; meaning: string } | null {
  const match = /^(\S+(?: \S+)*?)(?:\s*:|\s+[=—–-]|\s*#)\s+(\p{L}.*)$/u.exec(text)
  const [, command = '', meaning = ''] = match ?? []
  if (!isCommand(command) || meaning.split(' ').length < 2 || isCommand(meaning)) return null
  return { command: shellText(command), meaning }
}
