import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1'
import { Deployment } from 'kubernetes-models/apps/v1'
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2'
import { Ingress, NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1'
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1'
import { ConfigMap, Secret, Service, ServiceAccount } from 'kubernetes-models/v1'
import type { Manifest } from './helm.ts'

const MODELS = [
  ConfigMap,
  Deployment,
  HorizontalPodAutoscaler,
  Ingress,
  NetworkPolicy,
  PodDisruptionBudget,
  Secret,
  Service,
  ServiceAccount,
  ServiceMonitor,
]

/**
 * What the schema of Kubernetes says against a resource, and which of its fields the schema does not know. The schemas
 * let unknown fields pass, and the server drops them: a misspelt probe would be none. A known field is one that the
 * validator looks at, so whatever it never reads is unknown.
 */
export function faultsOf(manifest: Manifest): string[] {
  const model = MODELS.find(
    ({ apiVersion, kind }) => apiVersion === manifest.apiVersion && kind === manifest.kind,
  )
  if (model === undefined) return [`no schema for ${manifest.apiVersion} ${manifest.kind}`]
  const read = new Set<string>()
  return [
    ...messagesOf(() => model.prototype.validate.call(watched(manifest, '', read))),
    ...pathsOf(manifest, '')
      .filter((path) => !read.has(path))
      .map((path) => `unknown field ${path}`),
  ]
}

function watched(value: Manifest, path: string, read: Set<string>): Manifest {
  if (typeof value !== 'object' || value === null) return value
  return new Proxy(value, {
    get(target, key) {
      if (typeof key !== 'string' || !Object.hasOwn(target, key)) return Reflect.get(target, key)
      read.add(`${path}/${key}`)
      return watched(target[key], `${path}/${key}`, read)
    },
  })
}

function pathsOf(value: Manifest, path: string): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [
    `${path}/${key}`,
    ...pathsOf(inner, `${path}/${key}`),
  ])
}

function messagesOf(validate: () => void): string[] {
  try {
    validate()
    return []
  } catch (error) {
    return [(error as Error).message]
  }
}
