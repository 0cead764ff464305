import { type Figure, isMet, wanted } from './bench.ts'
import { keepFigures } from './table.ts'

const BENCHES = {
  reviews: () => import('./reviews.ts'),
  'next-card': () => import('./nextCard.ts'),
  start: () => import('./start.ts'),
  notes: () => import('./notes.ts'),
  telegram: () => import('./telegram.ts'),
  memory: () => import('./memory.ts'),
  boards: () => import('./boards.ts'),
  dailies: () => import('./dailies.ts'),
  pacing: () => import('./pacing.ts'),
  flood: () => import('./flood.ts'),
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(BENCHES, name))
if (unknown.length > 0) {
  console.error(`There is no bench "${unknown.join(', ')}": choose of ${Object.keys(BENCHES).join(', ')}`)
  process.exit(2)
}

for (const [name, load] of Object.entries(BENCHES)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  const { bench } = await load()
  const figures = await bench.run()
  for (const figure of figures) console.log(line(figure))
  await keepFigures(name, figures, new Date())
}

function line(figure: Figure): string {
  const { what, ratio, reference, detail } = figure
  return `${isMet(figure) ? 'ok  ' : 'MISS'}  ${ratio.toFixed(2)} (${wanted(figure)})  ${what}, over ${reference}: ${detail}`
}
