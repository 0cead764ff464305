import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText } from '../../../src/notes/inline.ts'
import { readOutline } from '../../../src/notes/outline/readOutline.ts'
import type { Block } from '../../../src/notes/tree.ts'
import { blocksWithin } from '../../../src/notes/tree.ts'
import { brief, build, said } from '../building.ts'

const text = (...lines: string[]) => lines.join('\n')
const cards = (notes: string) => build({ 'notes.txt': notes }).decks.flatMap((deck) => deck.cards)
const briefs = (notes: string) => cards(notes).map(brief)

function blocks(notes: string): Block[] {
  return readOutline(notes).sections.flatMap((section) => [...blocksWithin(section.blocks)])
}

describe('A plain-text outline', () => {
  it('is read into sections by its numbered headings', () => {
    const { title, sections } = readOutline(
      text(
        'My bread notes',
        '',
        '1 Flour',
        '',
        'Rye is dark.',
        '',
        '1.1 Wheat',
        '',
        'Text.',
        '',
        '3 Water',
        '',
        'Cold.',
      ),
    )
    expect(title).toBe('My bread notes')
    expect(sections.map(({ path, line }) => [path, line])).toEqual([
      [['Flour'], 3],
      [['Flour', 'Wheat'], 7],
      [['Water'], 11],
    ])
  })

  it('takes no number for a heading that is out of order or in a sentence', () => {
    const { sections } = readOutline(
      text(
        '1 Flour',
        '',
        '30 minutes are enough',
        '',
        '2 loaves need 1 kg.',
        '',
        '1. Mix',
        '',
        '1.0.4 is old',
        '',
        '2 Water',
        '',
        'Cold.',
      ),
    )
    expect(sections.map(({ path }) => path)).toEqual([['Flour'], ['Water']])
  })

  it('is read by underlined headings too', () => {
    const { sections } = readOutline(
      text('Bread', '=====', '', 'Flour', '-----', 'Rye is dark.', '', 'Rice.'),
    )
    expect(sections.map(({ path, line }) => [path, line])).toEqual([[['Bread', 'Flour'], 4]])
  })

  it('knows bullets, numbers and nested lists', () => {
    const [list] = blocks(
      text(
        '  • Ace',
        '    goes on',
        '    - inner',
        '      * deepest',
        '    - inner two',
        '  • Bee',
        '',
        '  1. one',
        '  2. two',
        '',
        '  3. three',
      ),
    )
    if (list?.kind !== 'list') throw new Error('no list')
    expect(list.items.map(({ phrase }) => plainText(phrase?.nodes ?? []))).toEqual(['Ace goes on', 'Bee'])
    const [inner] = list.items[0]?.blocks ?? []
    expect(inner).toMatchObject({ kind: 'list', line: 3, items: [{ line: 3 }, { line: 5 }] })
    const last = blocks(text('1. one', '2. two', '', '3. three')).at(-1)
    expect(last).toMatchObject({
      kind: 'list',
      ordered: true,
      items: [{ line: 1 }, { line: 2 }, { line: 4 }],
    })
  })

  it('joins an item that an export cut in the middle of its sentence', () => {
    const [list] = blocks(
      text(
        '  • Keeps bread fresh,',
        '',
        'dry and warm (in a box',
        '',
        'of wood).',
        '',
        '  • Ends the list',
        '',
        'a new paragraph',
      ),
    )
    if (list?.kind !== 'list') throw new Error('no list')
    expect(list.items.map(({ phrase }) => plainText(phrase?.nodes ?? []))).toEqual([
      'Keeps bread fresh, dry and warm (in a box of wood).',
      'Ends the list',
    ])
  })

  it('asks for a list by the sentence above it, and by the heading where that says "it"', () => {
    expect(
      briefs(
        text(
          '1 Rye flour',
          '',
          'It is dark. It comes in three types:',
          '',
          '  1. whole (ground with all that the grain has, and therefore coarse)',
          '  2. medium',
          '  3. white',
          '  4. ? missed this',
        ),
      ),
    ).toEqual(['basic: Rye flour: name the three types. → Whole, medium and white'])
    expect(briefs(text('A good oven gives two things.', '', '  • heat', '  • steam'))).toEqual([
      'basic: A good oven gives two things: which ones? → Heat and steam',
    ])
  })

  it('takes headings "Step 1)" for the steps of the section above', () => {
    const found = briefs(
      text(
        '1 Bread',
        '',
        'To bake a loaf you take these 3 steps:',
        '',
        '1.1 Step 1) Mix flour and water',
        '',
        'Use a bowl.',
        '',
        '1.2 Step 2) Wait a night',
        '',
        '1.3 Step 3) Heat the oven',
        '',
        '1.4 Rest',
      ),
    )
    expect(found).toEqual([
      'basic: What is the first step to bake a loaf? → Mix flour and water',
      'basic: What is the next step to bake a loaf after “mix flour and water”? → Wait a night',
      'basic: What is the next step to bake a loaf after “wait a night”? → Heat the oven',
    ])
  })

  it('reads what a heading means where the sentence below leaves its subject out', () => {
    expect(
      briefs(
        text(
          '1 Sourdough',
          '',
          'A dough that rises by wild yeast. It takes a night.',
          '',
          '2 Loaves',
          '',
          'They are pieces of baked dough.',
          '',
          '3 Baskets',
          '',
          'They give the dough its round form while it rests.',
          '',
          '4 recipes.txt',
          '',
          'Where you keep the weights of everything.',
          '',
          '5 Ovens',
          '',
          'Some ovens are hot.',
          '',
          '6 Salt',
          '',
          'It is important to weigh it.',
        ),
      ),
    ).toEqual([
      'basic: What is Sourdough? → A dough that rises by wild yeast',
      'typed: What is this called: a dough that rises by wild yeast? → Sourdough',
      'basic: What are Loaves? → Pieces of baked dough',
      'typed: What is this called: pieces of baked dough? → Loaves',
      'basic: What do Baskets do? → Give the dough its round form while it rests',
      'typed: Which things give the dough its round form while it rests? → Baskets',
      'basic: What is recipes.txt? → Where you keep the weights of everything',
      'typed: What is the name of the place where you keep the weights of everything? → recipes.txt',
    ])
  })

  it('parts terms from what is said of them where the line end got lost, if all items allow it', () => {
    const lines = [
      '  1. Rye or dark flours Can keep a loaf moist for a whole week',
      '  2. Baskets Baskets give the dough its form',
      '  3. Dutch Ovens Provide a moist heat for the crust',
    ]
    expect(briefs(text('1 Tools', '', ...lines))).toEqual([
      'basic: What can Rye or dark flours do? → Keep a loaf moist for a whole week',
      'typed: Which things can keep a loaf moist for a whole week? → Rye or dark flours',
      'basic: What do Baskets do? → Give the dough its form',
      'typed: Which things give the dough its form? → Baskets',
      'basic: What do Dutch Ovens do? → Provide a moist heat for the crust',
      'typed: Which things provide a moist heat for the crust? → Dutch Ovens',
    ])
    expect(briefs(text('1 Tools', '', ...lines, '  4. Use Google Maps'))).toEqual([])
  })

  it('mends the dashes of commands, and leaves those of sentences alone', () => {
    const found = blocks(
      text(
        'helm –help',
        '',
        '$ kubectl get po –all-namespaces –o wide (check this',
        '',
        'Bread – or rolls – is fine –maybe.',
        '',
        'helm repo list helm repo update',
      ),
    )
    expect(found.map((block) => (block.kind === 'code' ? block.text : block.kind))).toEqual([
      'helm --help',
      'kubectl get po --all-namespaces -o wide',
      'paragraph',
      'helm repo list\nhelm repo update',
    ])
  })

  it('makes cards of commands that are explained, in lists and in lines under each other', () => {
    expect(briefs(text('  • helm list –all: shows the releases', '  • plain item'))).toEqual([
      'basic: What does `helm list --all` do? → Shows the releases',
      'typed: Which command shows the releases? → `helm list --all`',
    ])
    expect(briefs(text('git fetch – downloads objects', 'git status = shows what changed'))).toHaveLength(4)
  })

  it('asks for the command that is given as an example', () => {
    const notes = text(
      '1 AWS',
      '',
      'Connect kubectl: eg: aws eks --region ${region} update-kubeconfig',
      '',
      'Some examples: kubectl get all –all-namespaces',
    )
    expect(briefs(notes)).toEqual([
      'typed: AWS: which command is the example of “connect kubectl”? → `aws eks --region ${region} update-kubeconfig`',
    ])
  })

  it('puts no flattened configuration and no private reminder on a card', () => {
    const notes = text(
      '1 Service',
      '',
      'kind: Service metadata: name: web spec: selector: app: web',
      '',
      '  • protocol: TCP port: 80 targetPort: 9376',
      '',
      'Left off on chapter 1, and "Storage is a topic for later days"',
      '',
      'Picture here: screenshot',
    )
    expect(briefs(notes)).toEqual([])
  })

  it('parts paragraphs at their sources and leaves the sources out', () => {
    const notes = text(
      '1 Stone mill',
      '',
      'SM = Stone Mill From mills.example.org, "The stone mill is a machine for grinding grain. It turns slowly."',
    )
    expect(
      blocks(notes).map((block) => (block.kind === 'paragraph' ? plainText(block.phrase.nodes) : '')),
    ).toEqual(['SM = Stone Mill', 'The stone mill is a machine for grinding grain. It turns slowly.'])
  })

  it('reads tables whose columns tabs, blanks or bars keep apart', () => {
    expect(briefs(text('Flour\tProtein\tColour', 'Rye\t9%\tdark', 'Wheat\t12%\twhite'))).toContain(
      'typed: Rye: Protein? → 9%',
    )
    expect(briefs(text('ls   lists files', 'cat  prints a file', 'rm   removes a file'))).toHaveLength(6)
  })

  it('reads a flattened table as far as it can be sure, and names the lines it leaves out', () => {
    const empty = '\u00a0 \u00a0 \u00a0'
    const notes = text(
      'Feature Ovo Pano Mio',
      'Steam Yes No Yes',
      'Auto-start Yes in preview Yes',
      `timer ${empty}`,
      'Price class $200 $300 -',
      `(new) ${empty}`,
      'Warranty Two years One year None given by it',
      'Repair No No Parts',
    )
    const { decks, findings } = build({ 'notes.txt': notes })
    const fronts = decks.flatMap((deck) => deck.cards).filter(({ prompt }) => prompt.includes('what holds'))
    expect(fronts.map(({ prompt, answer }) => `${prompt} ${answer}`)).toEqual([
      'Steam: what holds for Ovo? Yes',
      'Steam: what holds for Pano? No',
      'Steam: what holds for Mio? Yes',
      'Auto-start timer: what holds for Ovo? Yes',
      'Auto-start timer: what holds for Pano? In preview',
      'Auto-start timer: what holds for Mio? Yes',
      'Price class (new): what holds for Ovo? $200',
      'Price class (new): what holds for Pano? $300',
      'Repair: what holds for Ovo? No',
      'Repair: what holds for Pano? No',
      'Repair: what holds for Mio? Parts',
    ])
    expect(findings.map(said).find((line) => line.includes('columns'))).toBe(
      'notes/notes.txt:7: warning: line 7 of this table is left out: nobody can tell its columns apart. Put tabs or two blanks between them',
    )
  })

  it('knows the columns of a flattened table from a list of them in the text', () => {
    const rows = ['Loaf in the city $4 $5 $6', 'Loaf in a village $3 $3 $2', 'Rolls $1 $2 $2']
    const header = 'Price of bread North Side Bakers Old Mill Corner'
    const prose = 'We compare North Side, Bakers Old and Mill Corner.'
    expect(briefs(text(prose, '', header, ...rows))).toContain(
      'choice: Loaf in the city, Price of bread: what does Bakers Old cost? → $5',
    )
    expect(briefs(text(header, ...rows))).toEqual([])
  })

  it('takes front matter, and counts lines with it', () => {
    const notes = text(
      '---',
      'title: Bread',
      'rules: { lists: off }',
      '---',
      '',
      'Three flours are:',
      '',
      '- rye',
      '- oat',
      '- rice',
    )
    const { title, sections } = readOutline(notes)
    expect([title, sections[0]?.blocks[0]?.line]).toEqual(['Bread', 6])
    expect(briefs(notes)).toEqual([])
  })

  it('reads any text, with lines inside the file', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '1 Head',
        '1.1 Step 1) ',
        '2. ',
        '• ',
        '    - ',
        'Term = ',
        'Term: ',
        'helm –x ',
        '---',
        '> ',
      ),
      fc.constantFrom(
        '\n',
        '\n\n',
        '\n',
        '\u00a0 ',
        '\t',
        'Yes No 3 ',
        '$5 ',
        'It is a ',
        'They are ',
        ':',
        '. ',
        '(',
        '"',
        '`',
      ),
      fc.string({ maxLength: 12 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const notes = pieces.join('')
        const { sections, findings } = readOutline(notes)
        const lines = notes.replace(/\r\n?/g, '\n').split('\n').length
        const inside = sections.flatMap((section) => [...blocksWithin(section.blocks)])
        for (const { line } of [...sections, ...inside, ...findings]) {
          expect(line).toBeGreaterThanOrEqual(1)
          expect(line).toBeLessThanOrEqual(lines)
        }
      }),
      { numRuns: 300 },
    )
  })
})
