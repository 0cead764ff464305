/** Opens the data folder it is given, says so, and holds it until its input ends. */
import { openFolder } from '../../../src/db/pglite/openFolder.ts'

const { close } = await openFolder(process.argv[2] ?? '')
console.log('open')
process.stdin.resume().once('end', () => void close())
