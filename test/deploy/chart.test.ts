import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/app/config.ts'
import { HAS_HELM, type Helm, type Manifest, openHelm } from './support/helm.ts'
import { faultsOf } from './support/kubernetes.ts'

const GATEWAY_AND_POLLING = {
  existingSecret: 'tokens',
  telegram: { enabled: true },
  discord: { enabled: true },
}
const HTTP = {
  existingSecret: 'tokens',
  telegram: { enabled: true, webhookUrl: 'https://bot.example.org:8443/telegram' },
  discord: { enabled: true, publicKey: '0a'.repeat(32) },
}
const EVERYTHING = {
  ...HTTP,
  existingSecret: '',
  secrets: {
    DATABASE_URL: 'postgres://me:x@db/deckhand',
    TELEGRAM_TOKEN: `1:${'t'.repeat(30)}`,
    TELEGRAM_WEBHOOK_SECRET: 'hush',
    DISCORD_TOKEN: 'a.b.c',
  },
  image: { repository: 'registry.example.org/deckhand', digest: `sha256:${'0'.repeat(64)}` },
  imagePullSecrets: [{ name: 'registry' }],
  decks: { existingConfigMap: 'our-decks' },
  notesUrl: 'https://git.example.org/notes/{file}#L{line}',
  extraEnv: { DECKHAND_DEBUG: 1 },
  ingress: {
    enabled: true,
    className: 'nginx',
    annotations: { 'cert-manager.io/cluster-issuer': 'public' },
    discordHost: 'discord.example.org',
    tls: [{ hosts: ['bot.example.org', 'discord.example.org'], secretName: 'bot-tls' }],
  },
  autoscaling: { enabled: true },
  serviceMonitor: { enabled: true, labels: { release: 'prometheus' } },
  networkPolicy: {
    httpFrom: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress' } } }],
    metricsFrom: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
    databaseTo: [{ ipBlock: { cidr: '10.0.0.5/32' } }],
    extraEgress: [{ ports: [{ protocol: 'TCP', port: 8081 }] }],
  },
  podAnnotations: { a: 'b' },
  podLabels: { team: 'learning' },
  priorityClassName: 'high',
  nodeSelector: { 'kubernetes.io/os': 'linux' },
  tolerations: [{ key: 'dedicated', operator: 'Exists' }],
  affinity: { nodeAffinity: {} },
}

describe.skipIf(!HAS_HELM)('the chart', { timeout: 30_000 }, () => {
  let helm: Helm
  beforeAll(async () => {
    helm = await openHelm()
  })
  afterAll(() => helm?.close())

  it('passes the linter', async () => {
    const set = ['--set', 'telegram.enabled=true,existingSecret=tokens']
    expect(await helm.run('lint', '--strict', 'deploy/helm/deckhand', ...set)).toContain('0 chart(s) failed')
  })

  it.each([
    ['as it is', GATEWAY_AND_POLLING],
    ['over HTTP', HTTP],
    ['with everything', EVERYTHING],
  ])('gives what Kubernetes takes, and no field that it does not know (%s)', async (_name, values) => {
    const manifests = await helm.render(values)
    expect(manifests.flatMap(faultsOf)).toEqual([])
    expect(manifests.every(({ metadata }) => metadata.labels['app.kubernetes.io/instance'] === 'bot')).toBe(
      true,
    )
  })

  it('is caught when a field is misspelt', async () => {
    const { deployment } = byKind(await helm.render(HTTP))
    deployment.spec.template.spec.containers[0].livenessprobe = {}
    deployment.spec.replicas = 'two'
    expect(faultsOf(deployment)).toEqual([
      expect.stringContaining('/spec/replicas'),
      'unknown field /spec/template/spec/containers/0/livenessprobe',
    ])
  })

  it('runs by the restricted standard, on a read-only root, without a token of the cluster', async () => {
    const { deployment, serviceaccount } = byKind(await helm.render(EVERYTHING))
    const { spec } = deployment.spec.template
    expect(spec.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    })
    expect(spec.containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    expect(spec.volumes.find((volume: Manifest) => volume.name === 'tmp').emptyDir).toBeDefined()
    expect([spec.automountServiceAccountToken, serviceaccount.automountServiceAccountToken]).toEqual([
      false,
      false,
    ])
  })

  it('gives the drain the time it needs, and new posts a pause to stay away', async () => {
    const pod = byKind(await helm.render(HTTP)).deployment.spec.template.spec
    const pause = pod.containers[0].lifecycle.preStop.sleep.seconds
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(pause + 10)
    const polling = byKind(await helm.render(GATEWAY_AND_POLLING)).deployment.spec.template.spec
    expect(polling.containers[0].lifecycle).toBeUndefined()
  })

  it('sets an environment that the bot reads, secrets by reference only', async () => {
    const { configmap, deployment, secret } = byKind(await helm.render(EVERYTHING))
    const { env } = deployment.spec.template.spec.containers[0]
    const secrets = env.map(({ name, valueFrom }: Manifest) => {
      expect(valueFrom.secretKeyRef).toEqual({ name: 'bot-deckhand', key: name })
      return [name, Buffer.from(secret.data[name], 'base64').toString()]
    })
    const config = readConfig({ ...configmap.data, ...Object.fromEntries(secrets) })
    expect(config).toMatchObject({
      databaseUrl: EVERYTHING.secrets.DATABASE_URL,
      decksFolder: '/decks',
      notesUrl: EVERYTHING.notesUrl,
      telegram: { webhook: { url: EVERYTHING.telegram.webhookUrl, secret: 'hush', port: 8080 } },
      discord: { token: 'a.b.c', http: { port: 8081 } },
    })
    const shown = JSON.stringify([configmap, deployment])
    for (const value of Object.values(EVERYTHING.secrets)) expect(shown).not.toContain(value)
  })

  it('takes the database from the Secret of CloudNativePG', async () => {
    const values = { ...GATEWAY_AND_POLLING, database: { urlSecret: { name: 'deckhand-db-app' } } }
    const { env } = byKind(await helm.render(values)).deployment.spec.template.spec.containers[0]
    expect(env[0]).toEqual({
      name: 'DATABASE_URL',
      valueFrom: { secretKeyRef: { name: 'deckhand-db-app', key: 'uri' } },
    })
  })

  it('opens ports for posts only where there are any', async () => {
    const ports = async (values: object): Promise<string[][]> => {
      const { deployment, networkpolicy, service } = byKind(await helm.render(values))
      const allowed = networkpolicy.spec.ingress.flatMap((rule: Manifest) => rule.ports)
      const lists = [deployment.spec.template.spec.containers[0].ports, service.spec.ports]
      return [
        ...lists.map((list) => list.map(({ name }: Manifest) => name)),
        allowed.map(({ port }: Manifest) => port),
      ]
    }
    expect(await ports(GATEWAY_AND_POLLING)).toEqual([['ops'], ['ops'], ['ops']])
    const all = ['ops', 'telegram', 'discord']
    expect(await ports(HTTP)).toEqual([all, all, all])
  })

  it('leads each platform to its port', async () => {
    const { rules } = byKind(await helm.render(EVERYTHING)).ingress.spec
    const routes = rules.map(({ host, http: { paths } }: Manifest) => [
      host,
      paths[0].path,
      paths[0].backend.service.port.name,
    ])
    expect(routes).toEqual([
      ['bot.example.org', '/telegram', 'telegram'],
      ['discord.example.org', '/discord', 'discord'],
    ])
  })

  it('leaves the number of pods to the autoscaler where there is one', async () => {
    const scaled = byKind(await helm.render({ ...HTTP, autoscaling: { enabled: true } }))
    expect(scaled.deployment.spec).not.toHaveProperty('replicas')
    expect(scaled.horizontalpodautoscaler.spec.scaleTargetRef.name).toBe(scaled.deployment.metadata.name)
    const fixed = byKind(await helm.render({ ...HTTP, replicas: 3 }))
    expect([fixed.deployment.spec.replicas, fixed.horizontalpodautoscaler]).toEqual([3, undefined])
  })

  it.each([
    ['no platform is enabled', { existingSecret: 'tokens' }],
    ['telegram.enabled needs a token', { telegram: { enabled: true } }],
    ['discord.enabled needs a token', { discord: { enabled: true } }],
    ['there is no database', { discord: { enabled: true }, secrets: { DISCORD_TOKEN: 'a.b.c' } }],
    ['with long polling', { ...HTTP, telegram: { enabled: true }, autoscaling: { enabled: true } }],
    ['with the gateway', { ...HTTP, discord: { enabled: true }, autoscaling: { enabled: true } }],
    ['nothing is posted', { ...GATEWAY_AND_POLLING, ingress: { enabled: true } }],
    ['set ingress.discordHost', { ...HTTP, ingress: { enabled: true } }],
    ["'replica' not allowed", { ...HTTP, replica: 3 }],
    ['terminationGracePeriodSeconds', { ...HTTP, terminationGracePeriodSeconds: 5 }],
    ['webhookUrl', { ...HTTP, telegram: { enabled: true, webhookUrl: 'http://bot.example.org' } }],
  ])('refuses what cannot work, and says why (%s)', async (message, values) => {
    await expect(helm.render(values)).rejects.toThrow(message)
  })

  it('has the version of the bot', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8'))
    const shown = await helm.run('show', 'chart', 'deploy/helm/deckhand')
    expect(shown).toMatch(new RegExp(`^appVersion: "?${version}"?$`, 'm'))
  })
})

function byKind(manifests: readonly Manifest[]): Manifest {
  return Object.fromEntries(manifests.map((manifest) => [manifest.kind.toLowerCase(), manifest]))
}
