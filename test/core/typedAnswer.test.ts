import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Card } from '../../src/core/card.ts'
import { gradeTyped, plainText } from '../../src/core/typedAnswer.ts'

function card(answer: string, more: Partial<Card> = {}): Card {
  return {
    id: 'c',
    factId: 'f',
    kind: 'typed',
    prompt: 'Which?',
    answer,
    accept: [],
    wrong: [],
    context: [],
    explanation: '',
    source: { file: 'notes.md', line: 1 },
    ...more,
  }
}

const verdict = (answer: string, typed: string, more: Partial<Card> = {}) =>
  gradeTyped(card(answer, more), typed).kind

describe('typed words', () => {
  it.each([
    ['NodePort', 'nodeport'],
    ['NodePort', ' Node Port. '],
    ['NodePort', 'node-port'],
    ['control plane', 'Control  Plane!'],
    ['Azure Kubernetes Service', '“azure kubernetes service”'],
    ['**kube-proxy**', 'kube-proxy'],
    ['kube-proxy', 'kubeproxy'],
    ['Café', 'cafe'],
  ])('%s accepts "%s"', (answer, typed) => {
    expect(verdict(answer, typed)).toBe('right')
  })

  it.each([
    ['ClusterIP', 'ClutserIP'],
    ['LoadBalancer', 'LoadBalencer'],
    ['LoadBalancer', 'Load Balancr'],
    ['ReplicaSet', 'ReplicaSets'],
  ])('%s forgives the slip in "%s" and says so', (answer, typed) => {
    expect(gradeTyped(card(answer), typed)).toEqual({ kind: 'typo', expected: answer })
  })

  it.each([
    ['kubelet', 'kubectl'],
    ['EKS', 'AKS'],
    ['NodePort', 'ClusterIP'],
    ['NodePort', ''],
    ['NodePort', '...'],
    ['yes', 'no'],
  ])('%s does not accept "%s"', (answer, typed) => {
    expect(verdict(answer, typed)).toBe('wrong')
  })

  it('takes an accepted alternative', () => {
    expect(verdict('NodePort', 'node port service', { accept: ['NodePort service'] })).toBe('right')
  })

  it('takes no wrong choice for a slip of the right one', () => {
    expect(verdict('Deployment', 'deployments')).toBe('typo')
    expect(verdict('Deployment', 'deployments', { wrong: ['Deployments', 'Pod', 'Job'] })).toBe('wrong')
  })
})

describe('typed numbers', () => {
  it.each([
    ['$50,882', '50882'],
    ['$50,882', '$50,882'],
    ['37%', '37'],
    ['$0.20', '.20'],
    ['8080', ' 8080 '],
    ['1.13.6', 'v1.13.6'.slice(1)],
  ])('%s accepts "%s"', (answer, typed) => {
    expect(verdict(answer, typed)).toBe('right')
  })

  it.each([
    ['$50,882', '50,828'],
    ['$50,882', '5,0882.5'],
    ['1.13.6', '1.13.5'],
    ['1.12', '112'],
    ['port 9376', 'port 9367'],
    ['30 days', '31 days'],
    ['-5', '5'],
  ])('%s does not forgive "%s"', (answer, typed) => {
    expect(verdict(answer, typed)).toBe('wrong')
  })

  it('never forgives a changed digit, whatever stands around it', () => {
    const words = fc.stringMatching(/^[a-z]{0,12}$/)
    fc.assert(
      fc.property(
        words,
        fc.integer({ min: 0, max: 99_999 }),
        fc.integer({ min: 0, max: 99_999 }),
        (word, a, b) => {
          fc.pre(a !== b)
          expect(verdict(`${word} ${a}`, `${word} ${b}`)).toBe('wrong')
        },
      ),
    )
  })
})

describe('typed commands', () => {
  it.each([
    ['`helm repo update`', 'helm repo update'],
    ['`helm repo update`', '  helm  repo update '],
    ['`helm repo update`', '$ helm repo update'],
    ['`helm repo update`', '`helm repo update`'],
    ['`kubectl get all --all-namespaces`', 'kubectl get all —all-namespaces'],
    ['`kubectl get all --all-namespaces`', 'kubectl get all –all-namespaces'],
    ['`kubectl get po -A`', 'kubectl get po –A'],
    ['`helm rollback RELEASE [REVISION]`', 'helm rollback RELEASE'],
    ['`helm rollback RELEASE [REVISION]`', 'helm rollback RELEASE [REVISION]'],
    ['`helm rollback RELEASE [REVISION]`', 'helm rollback shop 3'],
    ['`helm push ARCHIVE oci://REGISTRY`', 'helm push shop.tgz oci://example.org/charts'],
    ['`az aks get-credentials --name ${cluster}`', 'az aks get-credentials --name prod'],
    ['`kubectl get po -n <namespace>`', 'kubectl get po -n web'],
    ['`{{ .Values.deployment.image }}`', '{{ .Values.deployment.image }}'],
  ])('%s accepts "%s"', (answer, typed) => {
    expect(verdict(answer, typed)).toBe('right')
  })

  it.each([
    ['`helm repo update`', 'Helm repo update'],
    ['`helm repo update`', 'helm repo updat'],
    ['`helm repo update`', 'helm update repo'],
    ['`kubectl get po -A`', 'kubectl get po -a'],
    ['`kubectl get po -A`', 'kubectl get po --A'],
    ['`helm rollback RELEASE [REVISION]`', 'helm rollback'],
    ['`helm rollback RELEASE [REVISION]`', 'helm rollback shop 3 4'],
    ['`helm upgrade RELEASE CHART`', 'helm install shop chart'],
    ['`POST`', 'GET'],
    ['`{{ .Values.deployment.image }}`', '{{ xValues.deployment.image }}'],
  ])('%s does not accept "%s"', (answer, typed) => {
    expect(verdict(answer, typed)).toBe('wrong')
  })
})

describe('grading what was typed', () => {
  it('never fails, whatever is sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 1000 }), (typed) => {
        expect(['right', 'typo', 'wrong']).toContain(verdict('LoadBalancer', typed))
      }),
    )
  })

  it('takes every answer as right when written as it stands', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z][A-Za-z0-9 .,$%-]{0,40}$/), (answer) => {
        expect(verdict(answer, answer)).toBe('right')
      }),
    )
  })

  it('reads inline Markdown as its text', () => {
    expect(plainText('**Bold** and `code`, _soft_ and 2 \\* 3')).toBe('Bold and code, soft and 2 * 3')
    expect(plainText('`a_b_c`')).toBe('a_b_c')
    expect(plainText('snake_case_name')).toBe('snake_case_name')
  })
})
