import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { list } from 'tar'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { backUp, isBackupDue, listBackups } from '../../../src/db/pglite/backup.ts'
import { makeFolder, removeFolder } from '../support/databases.ts'

describe('backups', () => {
  let folder: string
  let backups: string
  const now = new Date('2026-01-05T23:59:59Z')

  beforeEach(async () => {
    folder = await makeFolder()
    backups = join(folder, 'backups')
    await mkdir(join(folder, 'pglite/base'), { recursive: true })
    for (const name of ['PG_VERSION', 'base/1', 'postmaster.pid']) {
      await writeFile(join(folder, 'pglite', name), name)
    }
  })
  afterEach(() => removeFolder(folder))

  const entries = async (name: string) => {
    const paths: string[] = []
    await list({ file: join(backups, name), onReadEntry: (entry) => paths.push(entry.path) })
    return paths.sort()
  }

  test('one is due on each day that has none', async () => {
    expect(await isBackupDue(backups, now)).toBe(true)
    await backUp(join(folder, 'pglite'), backups, now)
    expect(await isBackupDue(backups, now)).toBe(false)
    expect(await isBackupDue(backups, new Date('2026-01-06T00:00:00Z'))).toBe(true)
  })

  test('one holds the whole folder, and only its owner can read it', async () => {
    await backUp(join(folder, 'pglite'), backups, now)
    expect(await entries('2026-01-05.tar.gz')).toEqual(['./', './PG_VERSION', './base/', './base/1'])
    expect((await stat(join(backups, '2026-01-05.tar.gz'))).mode & 0o777).toBe(0o600)
    expect((await stat(backups)).mode & 0o777).toBe(0o700)
  })

  test('the newest seven stay, and what is no backup', async () => {
    await mkdir(backups)
    const older = ['01', '02', '03', '04', '05', '06', '07', '08'].map((day) => `2025-12-${day}.tar.gz`)
    for (const name of [...older, 'mine.tar.gz']) await writeFile(join(backups, name), '')
    await backUp(join(folder, 'pglite'), backups, now)
    const kept = [...older.slice(2), '2026-01-05.tar.gz']
    expect(await listBackups(backups)).toEqual(kept.toReversed())
    expect((await readdir(backups)).sort()).toEqual([...kept, 'mine.tar.gz'])
  })

  test('one that cannot be written is reported and leaves nothing behind', async () => {
    await expect(backUp(join(folder, 'nothing'), backups, now)).rejects.toThrow(
      `cannot write the backup ${join(backups, '2026-01-05.tar.gz')}: `,
    )
    expect(await readdir(backups)).toEqual([])
  })
})
