import { describe, expect, it } from 'vitest'
import { brief, cardsFrom } from '../building.ts'

const fenced = (language: string, lines: readonly string[]): string =>
  ['## Deploying a web server', '', `\`\`\`${language}`, ...lines, '```', ''].join('\n')

const clozes = (markdown: string): string[] =>
  cardsFrom(markdown)
    .filter(({ kind }) => kind === 'cloze')
    .map(brief)

describe('snippets of YAML and JSON', () => {
  it('asks for the version and kind of a manifest, and for values with a comment', () => {
    const cards = cardsFrom(
      fenced('yaml', [
        'apiVersion: v1',
        'kind: Service',
        'metadata:',
        '  name: web',
        'spec:',
        '  selector: { app: web }',
        '  ports:',
        '    - port: 80 # where clients connect',
        '      targetPort: 9376',
      ]),
    )
    expect(cards.map(brief)).toEqual([
      'cloze: Manifest of a Kubernetes object: `apiVersion: […]` with `kind: Service` → `v1`',
      'cloze: Manifest with `apiVersion: v1` and `selector` and `ports` in its `spec`: `kind: […]` → `Service`',
      'cloze: In the manifest of the Service `web`, under `spec.ports[0]`: `port: […]`, `targetPort: 9376` (where clients connect) → `80`',
    ])
    expect(cards.map(({ source }) => source.line)).toEqual([4, 5, 11])
  })

  it('does not ask for a kind that its fields leave open', () => {
    // A ReplicaSet has the same fields.
    const deployment = ['apiVersion: apps/v1', 'kind: Deployment', 'spec:', '  replicas: 3', '  template: {}']
    expect(clozes(fenced('yaml', deployment))).toEqual([
      'cloze: Manifest of a Kubernetes object: `apiVersion: […]` with `kind: Deployment` → `apps/v1`',
    ])
  })

  it('says what else the snippet is by its heading or file name', () => {
    const values = '## values.yaml\n\n```yaml\nservice:\n  type: NodePort # open on every node\n```\n'
    expect(clozes(values)).toEqual([
      'cloze: In `values.yaml`, under `service`: `type: […]` (open on every node) → `NodePort`',
    ])
    expect(clozes(fenced('yaml', ['db:', '  restart: always # also after a reboot']))).toEqual([
      'cloze: In the example under “Deploying a web server”, under `db`: `restart: […]` (also after a reboot) → `always`',
    ])
    expect(clozes('```yaml\nrestart: always # also after a reboot\n```')).toEqual([])
  })

  it('asks for ports that everyone uses', () => {
    expect(clozes(fenced('json', ['{ "image": "postgres", "port": 5432, "debugPort": 9999 }']))).toEqual([
      'cloze: In the example under “Deploying a web server”: `image: postgres`, `port: […]`, `debugPort: 9999` (the usual port of PostgreSQL) → `5432`',
    ])
  })

  it('puts a comment that holds the value behind the answer', () => {
    const [card] = cardsFrom(fenced('yaml', ['restart: always # always means after a reboot too']))
    expect(card?.prompt).not.toContain('reboot')
    expect(card?.explanation).toBe('always means after a reboot too')
  })

  it.each([
    ['names and counts of the example', ['replicas: 3', 'name: my-app', 'image: web:1.2']],
    [
      'comments that are no help',
      ['replicas: 3 # TODO', 'name: my-app # change me later', 'size: 2 # fixme'],
    ],
    ['templates that are no YAML', ['image: {{ .Values.image }}', '  broken: [']],
    ['an empty block', []],
  ])('leaves alone %s', (_, lines) => {
    expect(clozes(fenced('yaml', lines))).toEqual([])
  })

  it('asks for no more than a handful of one block', () => {
    const lines = Array.from(
      { length: 20 },
      (_, index) => `key${index}: value${index} # reason number ${index}`,
    )
    expect(clozes(fenced('yaml', lines))).toHaveLength(4)
  })

  it('is switched off by a directive and by the front matter', () => {
    const block = '```yaml\napiVersion: v1\nkind: Pod\n```'
    expect(clozes(block)).toHaveLength(1)
    expect(clozes(`<!-- cards: none -->\n${block}`)).toEqual([])
    expect(clozes(`---\nrules: { snippets: off }\n---\n\n${block}`)).toEqual([])
  })
})

describe('snippets of shell and Dockerfile lines', () => {
  it('asks for the option that a comment explains', () => {
    expect(
      clozes(
        fenced('sh', [
          '# list the pods of every namespace',
          'kubectl get pods --all-namespaces',
          '# a web server in the background',
          'docker run -d nginx',
        ]),
      ),
    ).toEqual([
      'cloze: Which option is missing to list the pods of every namespace? `kubectl get pods […]` → `--all-namespaces`',
      'cloze: Which option is missing? `docker run […] nginx` (a web server in the background) → `-d`',
    ])
  })

  it.each([
    ['many options', '# start it\ndocker run -d -p 80:80 --name web nginx'],
    ['options inside quotes', "# keep passwords\ngit config credential.helper 'cache --timeout=3600'"],
    ['options that the comment names', '# use -d for the background\ndocker run -d nginx'],
    ['commands without a comment', 'docker run -d nginx'],
  ])('leaves alone %s', (_, text) => {
    expect(clozes(fenced('sh', [text]))).toEqual([])
  })

  it('asks for the Dockerfile instruction that a comment explains', () => {
    expect(
      clozes(
        fenced('dockerfile', [
          '# syntax=docker/dockerfile:1',
          'FROM node:20',
          'WORKDIR /app',
          '# install the dependencies',
          'RUN npm ci',
          '# copy the sources',
          'COPY . .',
        ]),
      ),
    ).toEqual([
      'cloze: Which Dockerfile instruction is missing to install the dependencies? `[…] npm ci` → `RUN`',
    ])
  })
})
