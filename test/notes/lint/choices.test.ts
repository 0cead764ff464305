import { describe, expect, it } from 'vitest'
import { build, said } from '../building.ts'

function sayings(prompt: string, answer: string, not: string): string[] {
  return build({ 'a.md': `# T\n\nQ: ${prompt}\nA: ${answer}\nNot: ${not}\n` }).findings.map(said)
}

describe('wrong choices', () => {
  it('are an error when one of them is right or comes twice', () => {
    expect(sayings('Which protocol?', 'TCP', 'UDP | tcp | SCTP')).toEqual([
      'notes/a.md:3: error: “tcp” is both a wrong choice and right in “Which protocol?”',
    ])
    expect(sayings('Which protocol?', 'TCP', 'UDP | SCTP | UDP')).toEqual([
      'notes/a.md:3: error: the wrong choice “UDP” comes twice in “Which protocol?”',
    ])
  })

  it('are a warning when one says much the same as the answer', () => {
    expect(
      sayings('Who restarts Pods?', 'The kubelet', 'The kubelet of a node | The user | The DNS'),
    ).toEqual([expect.stringContaining('says much the same')])
  })
})

describe('an answer that grammar gives away', () => {
  it('is the only one to fit "a" or "an"', () => {
    expect(
      sayings(
        'What is a program that directs others called? An',
        'orchestrator',
        'builder | kernel | driver',
      ),
    ).toEqual([
      'notes/a.md:3: warning: “An” in “What is a program that directs others called? An” only fits its answer “orchestrator”: write “a/an”, or choose other wrong choices',
    ])
  })

  it('fits like another one', () => {
    expect(sayings('Such a program is called an', 'orchestrator', 'editor | kernel | driver')).toEqual([])
    expect(sayings('Such a thing is called a', 'union', 'editor | kernel | driver')).toEqual([])
  })
})

describe('an answer that its length gives away', () => {
  it('is by far the longest or the shortest', () => {
    const long = 'It compares the declared state with the actual one and repairs the difference'
    expect(
      sayings('What does a controller do?', long, 'It sleeps | It stores files | It draws charts'),
    ).toEqual([expect.stringContaining('is by far the longest choice: make them alike')])
    expect(
      sayings(
        'What does it take to move?',
        'No change',
        'Another image for each node | Another cluster with new nodes | Another operating system',
      ),
    ).toEqual([expect.stringContaining('is by far the shortest choice')])
  })

  it('is about as long as the others', () => {
    expect(sayings('Which tool?', 'kubectl', 'helm | docker | kubeadm')).toEqual([])
    expect(
      sayings('Which service?', 'Elastic Kubernetes Service', 'AKS by Azure | GKE by Google | ACS by Azure'),
    ).toEqual([])
  })
})

describe('an answer that its form gives away', () => {
  it.each([
    ['in code', '`kubectl get`', 'helm list | docker ps | git log'],
    ['not in code', 'helm', '`kubectl` | `docker` | `git`'],
    ['with a number', 'After 40 days', 'After a week | After a month | After a year'],
    ['without a number', 'After a week', 'After 40 days | After 2 days | After 9 days'],
    ['with a price', 'about $5', 'about 7 | about 9 | about 3'],
    ['with brackets', 'A Pod (one)', 'A node | A Job | A Service'],
    [
      'with a small first letter',
      'the part that decides',
      'The part that works | The part that waits | The part that stores',
    ],
    ['with a full stop', 'It decides.', 'It works | It waits | It stores'],
    ['in bold or italics', '**Queues**', 'Nodes | Jobs | Services'],
  ])('is the only one %s', (name, answer, not) => {
    expect(sayings('What is it called when Pods wait?', answer, not)).toEqual([
      expect.stringContaining(`is the only choice ${name}: make them alike`),
    ])
  })

  it.each([
    ['another has the same', 'After 40 days', 'After a week | After 2 months | After a year'],
    ['it is a name', 'etcd', 'MySQL | Redis | Consul'],
    ['it means nothing at all', 'Nothing', '$5 | $10 | $20'],
    ['digits belong to a name', 'An L2 network', 'An old network | A new network | A flat network'],
  ])('is not, where %s', (_, answer, not) => {
    expect(sayings('What is it called when Pods wait?', answer, not)).toEqual([])
  })

  it('gets wrong choices like itself, where the notes have them', () => {
    const notes = [
      '- **alpha**: waits for `x` to end.',
      '- **beta**: sends mail to people.',
      '- **gamma**: paints the house green.',
      '- **delta**: cooks rice on Sundays.',
      '- **epsilon**: reads `y` from disk.',
    ].join('\n')
    const { findings } = build({ 'a.md': notes })
    expect(findings.map(said).filter((text) => text.includes('only choice in code'))).toEqual([])
  })
})
