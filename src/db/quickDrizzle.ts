import { registerHooks } from 'node:module'

/**
 * Loads drizzle in 0.1 s and 15 MB instead of 0.9 s and 240 MB.
 *
 * For each of its 150 files Node 24 asks the package's package.json whether the file is an ES module, and parses
 * the 180 KB of its `exports` anew each time. They are all ES modules, so this answers in its place. Import it
 * before anything that imports drizzle; without it everything works, only slower.
 */
registerHooks({
  resolve(specifier, context, nextResolve) {
    const { parentURL } = context
    if (specifier.startsWith('.') && parentURL?.includes('/node_modules/drizzle-orm/')) {
      return { url: new URL(specifier, parentURL).href, format: 'module', shortCircuit: true }
    }
    return nextResolve(specifier, context)
  },
})
