#!/usr/bin/env node
import { enableCompileCache } from 'node:module'

// Compiled code is kept between starts; it must be switched on before the modules it is to hold are loaded.
enableCompileCache()

// Whoever reads the output may stop early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(process.exitCode ?? 0)
})

const { run } = await import('./cli.ts')
process.exitCode = await run(process.argv.slice(2))
