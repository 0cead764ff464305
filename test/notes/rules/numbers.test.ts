import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brief, cardsFrom } from '../building.ts'

const made = (markdown: string): string[] => cardsFrom(`## Notes\n\n${markdown}`).map(brief)

describe('numbers', () => {
  it.each([
    [
      'Amazon EKS costs $0.20 per hour for each cluster, in addition to the machines.',
      'How much does Amazon EKS cost per hour for each cluster? → $0.20',
    ],
    [
      'Amazon EKS, on the other hand, costs $0.20 per hour.',
      'How much does Amazon EKS cost per hour? → $0.20',
    ],
    ['PostgreSQL was released on 8 July 1996.', 'When was PostgreSQL released? → 8 July 1996'],
    ['PyPy was started in 2003 by Armin Rigo.', 'When was PyPy started by Armin Rigo? → 2003'],
    ['GKE was first launched in August 2015.', 'When was GKE first launched? → August 2015'],
    ['PostgreSQL listens on port 5432.', 'On which port does PostgreSQL listen? → 5432'],
    ['A kubelet listens on TCP port 10250 by default.', 'On which TCP port does a kubelet listen? → 10250'],
    ['The default port of MySQL is 3306.', 'What is the default port of MySQL? → 3306'],
    ['A cold backup takes about 4 seconds.', 'How long does a cold backup take? → 4 seconds'],
    [
      '96% of organizations cannot manage Kubernetes on their own.',
      'What percentage of organizations cannot manage Kubernetes on their own? → 96%',
    ],
    ['A Kubernetes node runs up to 110 Pods.', 'How many Pods does a Kubernetes node run at most? → 110'],
    [
      'A PostgreSQL identifier can have up to 63 bytes.',
      'How many bytes can a PostgreSQL identifier have at most? → 63',
    ],
    ['An etcd cluster needs at least 3 members.', 'How many members does an etcd cluster need at least? → 3'],
  ])('asks about "%s"', (sentence, card) => {
    expect(made(sentence)).toEqual([`basic: ${card}`])
  })

  it('blanks the number where the form of the sentence makes no question sure', () => {
    expect(made('DigitalOcean has run its own registry with 5 GB free of charge.')).toEqual([
      'cloze: DigitalOcean has run its own registry with […] GB free of charge. → 5',
    ])
    expect(made('JavaScript became a standard in 1997 under another name.')).toEqual([
      'cloze: JavaScript became a standard in […] under another name. → 1997',
    ])
  })

  it.each([
    'It costs $0.20 per hour.',
    'This was released in 2015.',
    'They have 4 replicas.',
    'In 2017 everything changed.',
    'The bill was $300 last month.',
    'We had 4 outages.',
    'My server has 64 GB of memory.',
    'The war started in 1618.',
    'The source is a cost guide of 2018.',
    'GKE is 37% cheaper than EKS and 27% cheaper than AKS.',
    'Does GKE cost $0.10 per hour?',
    'GKE 1.14 was in June 2019 the newest.',
    'See chapter 3 for the details.',
    'Lunch is at 12:30 in room 5.',
    'Kubernetes 1.25 removed PodSecurityPolicy.',
    'The following 3 steps are needed.',
    'A process takes 1 hour.',
  ])('leaves alone: %s', (sentence) => {
    expect(made(sentence).filter((card) => !card.startsWith('basic: How long'))).toEqual([])
  })

  it('offers numbers of the same kind from the same section, and no others', () => {
    const cards = cardsFrom(
      [
        '## Ports',
        '',
        'PostgreSQL listens on port 5432. MongoDB listens on port 27017. MariaDB has up to 64 indexes.',
        '',
        'RabbitMQ listens on port 5672. InfluxDB listens on port 8086.',
        '',
        '## Others',
        '',
        'GitLab listens on port 8080.',
      ].join('\n'),
    )
    expect(cards.map(({ answer, wrong }) => [answer, wrong])).toEqual([
      ['5432', ['5672', '8086', '27017']],
      ['27017', ['5432', '5672', '8086']],
      ['64', []],
      ['5672', ['8086', '5432', '27017']],
      ['8086', ['5672', '5432', '27017']],
      ['8080', []],
    ])
  })

  it('never shows its answer in the question', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 99999 }),
        fc.constantFrom('GB', 'nodes', 'hours', '%'),
        (n, unit) => {
          for (const card of cardsFrom(`MariaDB has ${n} ${unit} in its smallest plan.`)) {
            expect(card.answer).toMatch(new RegExp(`^${n}`))
            expect(card.prompt).not.toMatch(new RegExp(`\\b${n}\\b`))
          }
        },
      ),
    )
  })

  it('is switched off by the front matter', () => {
    expect(cardsFrom('---\nrules: { numbers: off }\n---\n\nPostgreSQL listens on port 5432.')).toEqual([])
  })
})
