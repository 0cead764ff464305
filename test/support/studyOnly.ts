import type { Store, StudyStore } from '../../src/core/store.ts'

/** A store for tests that only study: of what else a store does, planning a reminder does nothing, the rest fails. */
export function studyOnly(store: StudyStore): Store {
  return new Proxy(store as Store, {
    get(target, name) {
      if (name === 'planReminder') return async () => {}
      const value = Reflect.get(target, name)
      if (value !== undefined) return typeof value === 'function' ? value.bind(target) : value
      return async () => {
        throw new Error(`${String(name)} is not kept in memory`)
      }
    },
  })
}
