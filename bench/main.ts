import type { Figure } from './bench.ts'

const BENCHES = {
  reviews: () => import('./reviews.ts'),
  'next-card': () => import('./nextCard.ts'),
  start: () => import('./start.ts'),
  notes: () => import('./notes.ts'),
  telegram: () => import('./telegram.ts'),
  memory: () => import('./memory.ts'),
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
  for (const figure of await bench.run()) console.log(line(figure))
}

function line({ what, ratio, bound, reference, detail }: Figure): string {
  const [met, wanted] =
    'atMost' in bound
      ? [ratio <= bound.atMost, `at most ${bound.atMost}`]
      : [ratio >= bound.atLeast, `at least ${bound.atLeast}`]
  return `${met ? 'ok  ' : 'MISS'}  ${ratio.toFixed(2)} (${wanted})  ${what}, over ${reference}: ${detail}`
}
