import { describe, expect, it } from 'vitest'
import { changedMeaning } from '../../../src/notes/identity/meaning.ts'

describe('an answer', () => {
  it.each([
    ['An agent on every node', 'an agent on every node.'],
    ['Keeps the containers running', 'Keeps the contaners running'],
    ['A key-value store', 'A consistent key-value store'],
    ['TCP', 'TCP (by default)'],
    ['ClusterIP, NodePort and LoadBalancer', 'ClusterIP, NodePort, LoadBalancer and ExternalName'],
    ['Google', 'Google, in 2014'],
    ['`helm list`', '``helm list``'],
  ])('means the same: %s → %s', (before, after) => {
    expect(changedMeaning(before, after)).toBeNull()
  })

  it.each([
    ['TCP', 'UDP', 'other words'],
    ['$0.20 per hour', '$0.10 per hour', 'another number'],
    ['At most 110 Pods', 'At most 250 Pods', 'another number'],
    ['1.13.6', '1.13.5', 'another number'],
    ['yes', 'no', 'another state'],
    ['Yes', 'Under preview', 'another state'],
    ['It is stored', 'It is not stored', 'turned round'],
    ['The oldest of all replicas', 'The newest of all replicas', 'turned round'],
    ['`helm repo list`', '`helm repo ls`', 'another command or name'],
    ['`targetPort`', 'The target port', 'another command or name'],
    ['Keeps the containers of a node running', 'Chooses a machine for new work', 'other words'],
  ])('means something else: %s → %s (%s)', (before, after, reason) => {
    expect(changedMeaning(before, after)).toBe(reason)
  })
})
