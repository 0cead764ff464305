import { runTerminal } from '../../../src/adapters/terminal/session.ts'
import { Learner } from './harness.ts'

// A whole program around the adapter, to be run in a real terminal by pseudoterminal.test.ts.
const learner = await Learner.of()
process.exitCode = await runTerminal({ ask: learner.ask, input: process.stdin, output: process.stdout })
console.log(`answers: ${learner.answers().join(', ')}`)
