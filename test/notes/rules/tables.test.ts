import { describe, expect, it } from 'vitest'
import { brief, cardsFrom } from '../building.ts'

const COMPARISON = `
| Feature | GKE | AKS | EKS |
|---|---|---|---|
| Node autoscaling | Yes | under preview | yes |
| RBAC | Yes | Yes | Yes |
| Bare-metal nodes | No | – | on AWS |
`

describe('tables', () => {
  it('asks each cell, and the reverse where the value names one column', () => {
    const prompts = cardsFrom(COMPARISON).map((card) => `${card.prompt} ${card.answer}`)
    expect(prompts).toEqual([
      'Node autoscaling: what holds for GKE? Yes',
      'Node autoscaling: what holds for AKS? Under preview',
      'Node autoscaling: which of GKE, AKS and EKS has “under preview”? AKS',
      'Node autoscaling: what holds for EKS? Yes',
      'RBAC: what holds for GKE? Yes',
      'RBAC: what holds for AKS? Yes',
      'RBAC: what holds for EKS? Yes',
      'Bare-metal nodes: what holds for GKE? No',
      'Bare-metal nodes: which of GKE, AKS and EKS has “No”? GKE',
      'Bare-metal nodes: what holds for EKS? On AWS',
      'Bare-metal nodes: which of GKE, AKS and EKS has “on AWS”? EKS',
    ])
  })

  it('asks for the properties of rows where the table lists things rather than comparing columns', () => {
    const cards = cardsFrom(
      '| Size | CPU | Memory | Since |\n|---|---|---|---|\n| small | 1 | 2 GB | 2019 |\n| medium | 1 | 4 GB | 2021 |\n| large | 4 | 8 GB | – |\n',
    )
    expect(cards.map((card) => `${card.prompt} ${card.answer}`)).toEqual([
      'small: CPU? 1',
      'small: Memory? 2 GB',
      'Which size has Memory “2 GB”? small',
      'small: Since? 2019',
      'Which size has Since “2019”? small',
      'medium: CPU? 1',
      'medium: Memory? 4 GB',
      'Which size has Memory “4 GB”? medium',
      'medium: Since? 2021',
      'Which size has Since “2021”? medium',
      'large: CPU? 4',
      'Which size has CPU “4”? large',
      'large: Memory? 8 GB',
      'Which size has Memory “8 GB”? large',
    ])
  })

  it('makes a cell and its reverse one fact, and other cells others', () => {
    const cards = cardsFrom(COMPARISON)
    expect(cards[1]?.factId).toBe(cards[2]?.factId)
    expect(cards[0]?.factId).not.toBe(cards[1]?.factId)
  })

  it('asks in the words of the directives, rows in small letters but for names', () => {
    const cards = cardsFrom(
      `Some Kubernetes text.\n\n<!-- ask: In 2019, what was the {row} of {column}? -->\n` +
        `| | GKE | AKS | EKS |\n|-|-|-|-|\n| Kubernetes version | 1.13.6 | 1.13.5 | 1.12.6 |\n| Newest node image | a | b | c |\n`,
    )
    expect(cards.map((card) => card.prompt)).toContain('In 2019, what was the Kubernetes version of GKE?')
    expect(cards.map((card) => card.prompt)).toContain('In 2019, what was the newest node image of EKS?')
  })

  it('turns a table with a question of its own round only when told how', () => {
    const table = '| | A | B | C |\n|-|-|-|-|\n| port | 1 | 2 | 3 |\n'
    expect(cardsFrom(`<!-- ask: {row} of {column}? -->\n${table}`)).toHaveLength(3)
    expect(
      cardsFrom(`<!-- ask: {row} of {column}? -->\n<!-- ask-back: Whose {row} is {cell}? -->\n${table}`),
    ).toHaveLength(6)
    expect(cardsFrom(`<!-- ask-back: none -->\n${table}`)).toHaveLength(3)
  })

  it('is a choice with three good wrong choices, typed when short and exact, else shown', () => {
    const cards = cardsFrom(
      '| | AWS | GCP | Azure | DO |\n|-|-|-|-|-|\n| price | $1 | $2 | $3 | $4 |\n| default port | 80 | | | |\n' +
        '| monitoring | third-party tools only | | | |\n',
    )
    const fronts = cards.filter((card) => card.prompt.includes('what holds'))
    expect(fronts.map((card) => card.kind)).toEqual([
      'choice',
      'choice',
      'choice',
      'choice',
      'typed',
      'basic',
    ])
    expect(fronts[0]?.wrong).toEqual(['$2', '$3', '$4'])
  })

  it('explains by the footnote of the cell, else of the row, else of the column', () => {
    const cards = cardsFrom(
      '<!-- ask-back: none -->\n| | A[^a] | B |\n|-|-|-|\n| x[^x] | 1[^cell] | 2 |\n| y | 3 | 4 |\n\n' +
        '[^a]: column\n\n[^x]: row\n\n[^cell]: cell\n',
    )
    expect(cards.map((card) => card.explanation)).toEqual(['cell', 'row', 'column', ''])
  })

  it('keeps code with pipes in cells', () => {
    const [card] = cardsFrom('<!-- ask-back: none -->\n| | A | B |\n|-|-|-|\n| filter | `a \\| b` | |\n')
    expect(card?.answer).toBe('`a | b`')
  })

  it('takes two columns as terms or commands', () => {
    const cards = cardsFrom(
      '| Component | Job |\n|-|-|\n| kube-proxy | passes traffic on |\n\n| Command | What it does |\n|-|-|\n| `helm list` | lists the releases |\n\n' +
        '| Term | Meaning |\n|-|-|\n| Pod | the smallest unit |\n',
    )
    expect(cards.map(brief)).toEqual([
      'basic: What is the job of kube-proxy? → Passes traffic on',
      'typed: Which component has this job: passes traffic on? → kube-proxy',
      'basic: What does `helm list` do? → Lists the releases',
      'typed: Which command lists the releases? → `helm list`',
      'basic: What is Pod? → The smallest unit',
      'typed: What is this called: the smallest unit? → Pod',
    ])
  })
})
