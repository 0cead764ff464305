import type { Block, File, Gapped, Item, Items, Line, Model, Named, Section, TableBlock } from './model.ts'
import { GAPPED, NAMED, NEAR, POOL, type PoolItem, TABLES } from './pool.ts'

/** Where the random choices come from: a whole number from 0 below `size`. */
export type Pick = (size: number) => number

/** One edit as a person makes it; false when these notes have nothing to do it on. */
export type Edit = (model: Model, pick: Pick) => boolean

export function oneOf<T>(list: readonly T[], pick: Pick): T | undefined {
  return list[pick(list.length)]
}

function blocksOf<K extends Block['kind']>(model: Model, kind: K): Extract<Block, { kind: K }>[] {
  return model.files
    .flatMap(({ sections }) => sections)
    .flatMap(({ blocks }) => blocks)
    .filter((block): block is Extract<Block, { kind: K }> => block.kind === kind)
}

/** Does something to a random one, if there is one. */
function some<T>(list: readonly T[], pick: Pick, change: (chosen: T) => boolean | undefined): boolean {
  const chosen = oneOf(list, pick)
  return chosen !== undefined && change(chosen) !== false
}

const itemBlocks = (model: Model): Items[] => blocksOf(model, 'items')
const itemsOf = (model: Model): Item[] => itemBlocks(model).flatMap(({ items }) => items)
const tables = (model: Model): TableBlock[] => blocksOf(model, 'table')
const named = (model: Model): Named[] => blocksOf(model, 'named')
const gapped = (model: Model): Gapped[] => blocksOf(model, 'gapped')
const sectionsOf = (model: Model): { file: File; section: Section }[] =>
  model.files.flatMap((file) => file.sections.map((section) => ({ file, section })))

/** Notes made of random parts of the pool: two or three files, every kind of block among them. */
export function randomModel(pick: Pick): Model {
  const blocks: Block[] = []
  for (const kind of ['definition', 'command', 'question'] as const) {
    const all = shuffled(
      POOL.filter((item) => item.kind === kind),
      pick,
    )
    // The rest stays for edits that bring in something new.
    const used = all.slice(0, all.length - 4)
    for (let at = 0; at < used.length; at += 5) {
      blocks.push({ kind: 'items', ask: null, items: used.slice(at, at + 5).map(itemOf) })
    }
  }
  blocks.push(...TABLES.map((_, index) => tableOf(index)))
  blocks.push(
    ...NAMED.map(([lead, again, ...items], index): Named => {
      return { kind: 'named', key: `named ${index}`, lead, again, items }
    }),
  )
  blocks.push(...GAPPED.map((text, index) => gappedOf(text, index)))
  const files: File[] = ['cluster', 'tools', 'providers']
    .slice(0, 2 + pick(2))
    .map((name) => ({ name, title: `Notes on ${name}`, sections: [] }))
  shuffled(blocks, pick).forEach((block, index) => {
    oneOf(files, pick)?.sections.push({
      heading: HEADINGS[index] ?? `Part ${index}`,
      level: 2,
      blocks: [block],
    })
  })
  return { files: files.filter(({ sections }) => sections.length > 0), unclear: new Set() }
}

const HEADINGS =
  'Parts|Tools|First steps|Daily work|Storage|Access|Providers|Prices|Networks|Releases|Checks|Objects|Nodes|Names|Rules|Clouds|Limits|Backups'.split(
    '|',
  )

function itemOf(pool: PoolItem): Item {
  const { subject, said } = pool
  return {
    pool,
    subject,
    said,
    subjectKey: subject,
    saidKey: subject,
    more: '',
    newSubject: false,
    newSaid: false,
  }
}

function tableOf(index: number): TableBlock {
  const { corner = '', columns = [], rows = [] } = TABLES[index] ?? {}
  return {
    kind: 'table',
    ask: null,
    corner,
    columns: columns.map(([name, again]) => ({ key: name, name, again })),
    rows: rows.map(([name, again, ...cells]) => ({
      key: `${corner} ${name}`,
      name,
      again,
      cells: new Map(columns.map(([column], place) => [column, { text: cells[place] ?? '', key: column }])),
    })),
  }
}

function gappedOf(text: string, index: number): Gapped {
  const key = `gapped ${index}`
  const parts = text.split(/\{\{|\}\}/).map((part, place): Gapped['parts'][number] => {
    return place % 2 === 0 ? part : { key: `${key} ${place}`, text: part, isGap: true }
  })
  return { kind: 'gapped', key, parts }
}

function shuffled<T>(list: readonly T[], pick: Pick): T[] {
  const left = [...list]
  return list.flatMap(() => left.splice(pick(left.length), 1))
}

/** A slip of the keyboard in one of the longer words; null when there is none. */
function withTypo(text: string, pick: Pick): string | null {
  const words = [...text.matchAll(/\b[a-z]{6,}\b/g)]
  const word = oneOf(words, pick)
  if (word === undefined) return null
  const at = word.index + 2 + pick(word[0].length - 3)
  return pick(2) === 0
    ? text.slice(0, at) + text.slice(at + 1)
    : text.slice(0, at) + text[at] + text.slice(at)
}

/** A term or question in other words, and the answer as well: nobody can say what it was. */
function settle(model: Model, item: Item): void {
  if (!item.newSubject || !item.newSaid) return
  model.unclear.add(`${item.subjectKey} front`)
  model.unclear.add(`${item.saidKey} back`)
}

function settleColumns(model: Model, { columns, rows }: TableBlock): void {
  if (!columns.some(({ isRenamed }) => isRenamed) || !columns.some(({ isSwapped }) => isSwapped)) return
  for (const { key, isSwapped } of columns) {
    if (isSwapped) for (const row of rows) model.unclear.add(`${row.key}|${row.cells.get(key)?.key} back`)
  }
}

/** Ends a round: what is edited next is edited on its own. */
export function endRound(model: Model): void {
  model.unclear.clear()
  for (const { items } of itemBlocks(model)) {
    for (const item of items) item.newSubject = item.newSaid = false
  }
  for (const { columns } of tables(model)) {
    for (const column of columns) column.isRenamed = column.isSwapped = false
  }
}

function unused(model: Model, kind: PoolItem['kind']): PoolItem[] {
  const used = new Set(itemsOf(model).flatMap((item) => [item.subjectKey, item.saidKey, item.pool.subject]))
  return POOL.filter((item) => item.kind === kind && !used.has(item.subject))
}

let made = 0
const newKey = (): string => `made ${++made}`

export const EDITS: Readonly<Record<string, Edit>> = {
  'typo in an answer': (model, pick) =>
    some(
      itemsOf(model).filter(({ newSaid }) => !newSaid),
      pick,
      (item) => {
        item.said = withTypo(item.said, pick) ?? item.said
      },
    ),
  'typo in a term or question': (model, pick) =>
    some(
      itemsOf(model).filter(({ pool, newSubject }) => pool.kind !== 'command' && !newSubject),
      pick,
      (item) => {
        item.subject = withTypo(item.subject, pick) ?? item.subject
      },
    ),
  'answer in other words': (model, pick) =>
    some(
      itemsOf(model).filter(
        ({ pool, saidKey, newSaid }) => pool.saidAgain !== undefined && saidKey === pool.subject && !newSaid,
      ),
      pick,
      (item) => {
        item.said = item.pool.saidAgain ?? item.said
        item.newSaid = true
        settle(model, item)
      },
    ),
  'answer corrected': (model, pick) =>
    some(
      itemsOf(model).filter(
        ({ pool, saidKey, newSaid }) =>
          pool.saidCorrected !== undefined && saidKey === pool.subject && !newSaid,
      ),
      pick,
      (item) => {
        item.said = item.pool.saidCorrected ?? item.said
        item.newSaid = true
        settle(model, item)
      },
    ),
  'question or term in other words': (model, pick) =>
    some(
      itemsOf(model).filter(
        ({ pool, subjectKey, newSubject }) =>
          pool.subjectAgain !== undefined && subjectKey === pool.subject && !newSubject,
      ),
      pick,
      (item) => {
        item.subject = item.pool.subjectAgain ?? item.subject
        item.newSubject = true
        settle(model, item)
      },
    ),
  'more explanation': (model, pick) =>
    some(itemsOf(model), pick, (item) => {
      item.more = 'This was so in 2019.'
    }),
  'items in another order': (model, pick) =>
    some(itemBlocks(model), pick, (block) => {
      block.items = shuffled(block.items, pick)
    }),
  'another prompt for a list of terms': (model, pick) =>
    some(
      itemBlocks(model).filter(({ items }) => items[0]?.pool.kind === 'definition'),
      pick,
      (block) => {
        block.ask = block.ask === null ? 'Which job has {term} in a cluster?' : null
      },
    ),
  'inserted item': (model, pick) =>
    some(itemBlocks(model), pick, ({ items }) =>
      some(unused(model, items[0]?.pool.kind ?? 'definition'), pick, (pool) => {
        items.splice(pick(items.length + 1), 0, itemOf(pool))
      }),
    ),
  'deleted item': (model, pick) =>
    some(
      itemBlocks(model).filter(({ items }) => items.length > 1),
      pick,
      ({ items }) => {
        items.splice(pick(items.length), 1)
      },
    ),
  'item replaced by another': (model, pick) =>
    some(itemBlocks(model), pick, ({ items }) =>
      some(unused(model, items[0]?.pool.kind ?? 'definition'), pick, (pool) => {
        items[pick(items.length)] = itemOf(pool)
      }),
    ),
  'question turned into another': (model, pick) =>
    some(
      itemsOf(model).filter(({ pool, subjectKey }) => NEAR.has(pool.subject) && subjectKey === pool.subject),
      pick,
      (item) => {
        ;[item.subject, item.said] = NEAR.get(item.pool.subject) ?? [item.subject, item.said]
        item.subjectKey = item.saidKey = newKey()
      },
    ),
  'answers of two terms swapped': (model, pick) =>
    some(
      itemBlocks(model).filter(({ items }) => items.length > 1 && items[0]?.pool.kind !== 'question'),
      pick,
      ({ items }) => {
        const [a, b] = shuffled(items, pick)
        if (a === undefined || b === undefined || a.newSubject || b.newSubject || a.newSaid || b.newSaid)
          return false
        ;[a.said, b.said, a.saidKey, b.saidKey] = [b.said, a.said, b.saidKey, a.saidKey]
        for (const item of [a, b]) item.newSaid = item.newSubject = true
        return true
      },
    ),

  'heading renamed': (model, pick) =>
    some(sectionsOf(model), pick, ({ section }) => {
      section.heading = `More about ${section.heading.toLowerCase()}`
    }),
  'heading on another level': (model, pick) =>
    some(sectionsOf(model), pick, ({ section }) => {
      section.level = section.level === 2 ? 3 : 2
    }),
  'sections in another order': (model, pick) =>
    some(model.files, pick, (file) => {
      file.sections = shuffled(file.sections, pick)
    }),
  'section moved to another file': (model, pick) =>
    some(sectionsOf(model), pick, ({ file, section }) => {
      const others = model.files.filter((other) => other !== file)
      if (others.length === 0 || file.sections.length < 2) return false
      file.sections = file.sections.filter((other) => other !== section)
      oneOf(others, pick)?.sections.splice(0, 0, section)
      return true
    }),
  'file renamed': (model, pick) =>
    some(model.files, pick, (file) => {
      file.name = `${file.name}-notes`
    }),
  'title changed': (model, pick) =>
    some(model.files, pick, (file) => {
      file.title = `All ${file.title.toLowerCase()}`
    }),

  'rows in another order': (model, pick) =>
    some(tables(model), pick, (table) => {
      table.rows = shuffled(table.rows, pick)
    }),
  'columns in another order': (model, pick) =>
    some(tables(model), pick, (table) => {
      table.columns = shuffled(table.columns, pick)
    }),
  'row under another name': (model, pick) =>
    some(tables(model), pick, ({ rows }) => some(rows, pick, rename)),
  'column under another name': (model, pick) =>
    some(tables(model), pick, (table) =>
      some(table.columns, pick, (column) => {
        if (!rename(column)) return false
        column.isRenamed = true
        settleColumns(model, table)
        return true
      }),
    ),
  'inserted row': (model, pick) =>
    some(tables(model), pick, ({ rows, columns }) => {
      const texts = shuffled(['supported', 'by hand', 'unknown so far'], pick)
      const cells = new Map(
        columns.map(({ key }, place) => [key, { text: texts[place] ?? '', key: newKey() }]),
      )
      const name = oneOf(['Spot machines', 'Private registry', 'Audit log'], pick) ?? ''
      if (rows.some((row) => row.name === name)) return false
      rows.splice(pick(rows.length + 1), 0, { key: newKey(), name, again: name, cells })
      return true
    }),
  'inserted column': (model, pick) =>
    some(tables(model), pick, (table) => {
      const { rows, columns } = table
      if (columns.length > 4 || columns.some(({ name }) => name === 'Linode')) return false
      const key = newKey()
      columns.splice(pick(columns.length + 1), 0, { key, name: 'Linode', again: 'Linode', isRenamed: true })
      for (const row of rows) row.cells.set(key, { text: 'not known', key: newKey() })
      settleColumns(model, table)
      return true
    }),
  'deleted row': (model, pick) =>
    some(tables(model), pick, ({ rows }) => {
      if (rows.length < 3) return false
      rows.splice(pick(rows.length), 1)
      return true
    }),
  'row replaced by another': (model, pick) =>
    some(tables(model), pick, ({ rows, columns }) => {
      const at = pick(rows.length)
      if (rows.some(({ name }) => name === 'GPU support')) return false
      // What other features have too: such values make no row known.
      const cells = new Map(
        columns.map(({ key }, place) => [key, { text: place === 1 ? 'no' : 'yes', key: newKey() }]),
      )
      rows[at] = { key: newKey(), name: 'GPU support', again: 'GPU support', cells }
      return true
    }),
  'values of two columns swapped': (model, pick) =>
    some(tables(model), pick, (table) =>
      some(table.rows, pick, ({ cells }) => {
        const [one, two] = shuffled(table.columns, pick)
        const [a, b] = [cells.get(one?.key ?? ''), cells.get(two?.key ?? '')]
        if (one === undefined || two === undefined || a === undefined || b === undefined) return false
        if (a.text === b.text || a.text.includes('June') || b.text.includes('June')) return false
        ;[a.text, b.text, a.key, b.key] = [b.text, a.text, b.key, a.key]
        one.isSwapped = two.isSwapped = true
        settleColumns(model, table)
        return true
      }),
    ),
  'value in a table corrected': (model, pick) =>
    some(tables(model), pick, ({ rows, columns }) =>
      some(rows, pick, (row) =>
        some(columns, pick, ({ key, isSwapped }) => {
          const cell = row.cells.get(key)
          if (cell === undefined) return false
          cell.text = `${cell.text} (June 2019)`
          // Which column it is in is new as well: nothing is left to know it by.
          if (isSwapped) model.unclear.add(`${row.key}|${cell.key} back`)
          return true
        }),
      ),
    ),
  'another prompt for a table': (model, pick) =>
    some(tables(model), pick, (table) => {
      table.ask = table.ask === null ? 'In June 2019, what about {row} on {column}?' : null
    }),

  'item added to a named list': (model, pick) =>
    some(named(model), pick, ({ items }) => {
      items.splice(pick(items.length + 1), 0, `extra thing ${items.length}`)
    }),
  'named list in another order': (model, pick) =>
    some(named(model), pick, (list) => {
      list.items = shuffled(list.items, pick)
    }),
  'sentence above a list in other words': (model, pick) =>
    some(named(model), pick, (list) => {
      list.lead = list.again
    }),

  'typo in a sentence with gaps': (model, pick) =>
    some(gapped(model), pick, (block) => {
      const [first] = block.parts
      if (typeof first === 'string') block.parts[0] = withTypo(first, pick) ?? first
    }),
  'gap taken away': (model, pick) =>
    some(gapped(model), pick, ({ parts }) => {
      const gaps = parts.filter((part) => typeof part === 'object' && part.isGap)
      const gap = oneOf(gaps, pick)
      if (gaps.length < 2 || typeof gap !== 'object') return false
      gap.isGap = false
      return true
    }),
  'gap added': (model, pick) =>
    some(gapped(model), pick, ({ key, parts }) => {
      const at = parts.findIndex(
        (part) => typeof part === 'string' && / packet | application | machine /.test(part),
      )
      const text = parts[at]
      const found = typeof text === 'string' ? /packet|application|machine/.exec(text) : null
      if (typeof text !== 'string' || found === null) return false
      if (parts.some((part) => typeof part === 'object' && part.text === found[0])) return false
      const gap = { key: `${key} ${newKey()}`, text: found[0], isGap: true }
      parts.splice(at, 1, text.slice(0, found.index), gap, text.slice(found.index + found[0].length))
      return true
    }),
}

function rename(line: Line): boolean {
  if (line.name === line.again) return false
  line.name = line.again
  return true
}
