/**
 * Platforms tell a bot nothing of who leaves unless it may read everything. So they are asked about whoever is about to
 * be shown; this long the answer is taken as it was.
 */
export const PRESENCE_HOURS = 6

/** Who takes part is there; that is noted again only after this while, so that answers cost no write. */
export const PRESENCE_REFRESH_MINUTES = 60
