/**
 * Keys of Postgres advisory locks. Any number will do as long as nothing else in the same database takes it;
 * these are the letters "deck" in hexadecimal and a count.
 */
export const MIGRATION_LOCK = 0x6465_636b_01
export const SYNC_LOCK = 0x6465_636b_02
