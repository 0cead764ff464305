// The key of every table that grows with use begins with the learner, so that it can be partitioned or
// distributed by learner. Those tables carry no foreign keys: a check against `cards` would lock the same few
// card rows for every learner at once. `deckhand doctor` looks for what a foreign key would have refused.

export * from './schema/decks.ts'
export * from './schema/leases.ts'
export * from './schema/log.ts'
export * from './schema/pairings.ts'
export * from './schema/people.ts'
export * from './schema/rounds.ts'
export * from './schema/teams.ts'
