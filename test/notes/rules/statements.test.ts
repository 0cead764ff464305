import { describe, expect, it } from 'vitest'
import { brief, cardsFrom } from '../building.ts'

const prompts = (markdown: string): string[] => cardsFrom(markdown).map(({ prompt }) => prompt)

describe('statements', () => {
  it('asks what a sentence says a thing is, and what is called so', () => {
    const cards = cardsFrom(
      'A service mesh is a layer that handles traffic between services. It adds proxies.',
    )
    expect(cards.map(brief)).toEqual([
      'basic: What is a service mesh? → A layer that handles traffic between services',
      'typed: What is this called: a layer that handles traffic between services? → service mesh',
    ])
    expect(cards[0]?.explanation).toBe('It adds proxies.')
  })

  it.each([
    [
      'what the heading names',
      '## helm and tiller\n\nhelm is the package manager for Kubernetes clusters.',
      'What is helm?',
    ],
    ['what the title names', '# Chai\n\nChai is an assertion library for tests.', 'What is Chai?'],
    [
      'what the heading names, in the singular',
      '## Mitochondria and ribosomes\n\nRibosomes are the places where proteins are made.',
      'What are Ribosomes?',
    ],
    [
      'a bold term',
      'The **control plane** is the part of a cluster that decides.',
      'What is the control plane?',
    ],
    ['code', '`HEAD` is a pointer to the commit you have checked out.', 'What is `HEAD`?'],
    ['an acronym', 'CNI is a specification for plugins that connect Pods.', 'What is CNI?'],
    ['a plural', 'Enzymes are a class of proteins that speed up reactions.', 'What are Enzymes?'],
    [
      'an activity',
      'Autoscaling is a way to change the number of Pods with the load.',
      'What is Autoscaling?',
    ],
    ['a place', 'A Service in Kubernetes is an object of the REST API.', 'What is a Service in Kubernetes?'],
    [
      'the past',
      '## Wallenstein\n\nWallenstein was a general who fought for the Emperor.',
      'What was Wallenstein?',
    ],
  ])('knows %s for a subject', (_, markdown, prompt) => {
    expect(prompts(markdown)[0]).toBe(prompt)
  })

  it.each([
    'It is a tool for deploying containers on many machines.',
    'This is the way traffic gets into the cluster from outside.',
    'They are the organelles that turn food into energy.',
    'These commands are a quick way to look around.',
    'The source is a cost guide of 2018 that compared four providers.',
    'The main reason is the lack of a common format for logs.',
    'A good example is the enzyme that digests starch in the mouth.',
    'If a Pod is a group of containers, a node is a group of Pods.',
    'What we want is a cluster that heals itself overnight.',
    'Whether this is a node and passes a test is checked first.',
    'Is a Pod a group of containers that share an address?',
    'Which is the command that lists the charts you installed?',
    'Rebase is a great tool for people who like a straight history.',
    'Testing is a pain when the database is on another machine.',
    'A Pod is not a container, whatever the tutorial says about it.',
    'My laptop is the machine on which the cluster ran last week.',
    'Our cluster is a group of three machines in the basement.',
    'There is a bug in the scheduler that nobody has looked at.',
    'The team that runs the cluster is the one to ask about it.',
    'A Pod is the smallest unit, and a node is the machine below it.',
    'Kubernetes is hard and experts are rare.',
    'A node is a backend for Kubernetes that provides two things.',
    'Everything is a file for those who know how to look.',
    'Said another way, Kubernetes is a system for managing containers.',
    'People say that Helm is a package manager for Kubernetes.',
    'A cluster is a thing of beauty, as we saw above.',
  ])('leaves alone: %s', (sentence) => {
    expect(prompts(`## Notes\n\n${sentence}`)).toEqual([])
  })

  it('asks in later sentences only for what the heading names', () => {
    const markdown = [
      '## Tiller',
      '',
      'Helm 2 had two halves. Tiller was the half that ran in the cluster. A chart is a package of templates.',
    ].join('\n')
    expect(prompts(markdown)).toEqual(['What was Tiller?'])
  })

  it('asks what short forms stand for', () => {
    const markdown = 'KaaS stands for Kubernetes as a Service.\n\nAKS = Azure Kubernetes Service'
    expect(cardsFrom(markdown).map(brief)).toEqual([
      'basic: What does KaaS stand for? → Kubernetes as a Service',
      'typed: What is the short form of “Kubernetes as a Service”? → KaaS',
      'basic: What does AKS stand for? → Azure Kubernetes Service',
      'typed: What is the short form of “Azure Kubernetes Service”? → AKS',
    ])
  })

  it('takes an equals sign for a definition, not for a formula or a setting', () => {
    expect(prompts('worker = a machine that runs the containers')).toEqual([
      'What is worker?',
      'What is this called: a machine that runs the containers?',
    ])
    expect(prompts('x = 3\n\nport = 80\n\ny = a + b * c\n\nreplicas = two')).toEqual([])
  })

  it('accepts the other names of a term', () => {
    const [, back] = cardsFrom('The **control plane** (also master) is the part of a cluster that decides.')
    expect(back).toMatchObject({ answer: 'control plane', accept: ['master'] })
  })

  it('takes no answer back to a term that its own words hold', () => {
    expect(
      prompts(
        'A fast-forward merge is a merge that moves the pointer only; a fast-forward merge keeps it short.',
      ),
    ).toEqual(['What is a fast-forward merge?'])
  })

  it('gives way to a definition of the same term', () => {
    const markdown =
      '- **kubelet**: the agent on every node.\n\nThe **kubelet** is a program that starts containers.'
    expect(prompts(markdown).filter((prompt) => prompt.startsWith('What is k'))).toEqual(['What is kubelet?'])
    expect(prompts(markdown)).not.toContain('What is the kubelet?')
  })

  it('reads the directives above its paragraph', () => {
    const markdown = '<!-- ask-back: none -->\nA manifest is the file that declares an object.'
    expect(prompts(markdown)).toEqual(['What is a manifest?'])
    expect(prompts('<!-- cards: none -->\nA manifest is the file that declares an object.')).toEqual([])
  })

  it('is switched off by the front matter', () => {
    expect(
      prompts('---\nrules: { statements: off }\n---\n\nA manifest is the file that declares an object.'),
    ).toEqual([])
  })

  it('makes nothing of questions and answers', () => {
    expect(prompts('Q: A manifest is what?\nA: A manifest is the file that declares an object.\n')).toEqual([
      'A manifest is what?',
    ])
  })
})

describe('lists of terms without marks', () => {
  it('reads "Term: meaning", "Term - meaning" and "Term — meaning"', () => {
    const cards = cardsFrom(
      [
        '- Prophase: the chromosomes condense and become visible',
        '- Metaphase - the chromosomes line up in the middle',
        '- Anaphase — the sister chromatids are pulled apart',
        '- Telophase: the two new nuclei form',
      ].join('\n'),
    )
    expect(cards.map(({ answer }) => answer)).toContain('Metaphase')
    expect(cards).toHaveLength(8)
    expect(cards.filter(({ kind }) => kind === 'typed').map(({ wrong }) => wrong.length)).toEqual([
      3, 3, 3, 3,
    ])
  })

  it('asks with a verb where the meaning begins with one', () => {
    expect(
      cardsFrom(
        '- etcd: stores the state of the cluster\n- Services: used to give names to groups of Pods',
      ).map(brief),
    ).toEqual([
      'basic: What does etcd do? → Stores the state of the cluster',
      'typed: What stores the state of the cluster? → etcd',
      'basic: What are Services used for? → Used to give names to groups of Pods',
      'typed: What is used to give names to groups of Pods? → Services',
    ])
  })

  it('takes commands for commands', () => {
    expect(
      cardsFrom('- git status: shows what changed\n- git add -p: stages changes piece by piece').map(brief),
    ).toEqual([
      'basic: What does `git status` do? → Shows what changed',
      'typed: Which command shows what changed? → `git status`',
      'basic: What does `git add -p` do? → Stages changes piece by piece',
      'typed: Which command stages changes piece by piece? → `git add -p`',
    ])
  })

  it.each([
    ['a single item', '- Pod: the smallest unit there is\n- no colon here\n- nor in this one'],
    [
      'what is said about one thing',
      '- Version: one of the newest\n- License: free for all uses\n- Author: Bob and Alice',
    ],
    ['minutes of a meeting', '- Attendees: Bob and Alice and Carol\n- Topic: the release of version 2'],
    ['a changelog', '- readdir: always sort the results\n- win32: only open files once'],
    ['short values', '- Berlin: 1237\n- Hamburg: 9th century\n- Munich: 1158'],
    [
      'long sentences',
      '- There is one thing we forgot: the backups\n- Then came the big surprise: it was gone for good',
    ],
    ['addresses', '- https://example.org: a page of examples\n- http://localhost: the machine itself here'],
  ])('leaves %s alone', (_, markdown) => {
    expect(prompts(`## Notes\n\n${markdown}`)).toEqual([])
  })
})
