type Prefixed<Prefix extends string, Fields> = {
  [Name in keyof Fields & string as `${Prefix}${Capitalize<Name>}`]: Fields[Name]
}

/**
 * The same fields under names with a prefix: `prefixed('before', { dueOn })` is `{ beforeDueOn }`. A log row
 * holds two schedules side by side, and this keeps its columns and its values from drifting apart.
 */
export function prefixed<Prefix extends string, Fields extends object>(
  prefix: Prefix,
  fields: Fields,
): Prefixed<Prefix, Fields> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      `${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      value,
    ]),
  ) as Prefixed<Prefix, Fields>
}
