#!/usr/bin/env node
import { enableCompileCache } from 'node:module'

// Compiled code is kept between starts; it must be switched on before the modules it is to hold are loaded.
enableCompileCache()

const { run } = await import('./cli.ts')
process.exitCode = await run(process.argv.slice(2))
