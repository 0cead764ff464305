declare const weekdaysBrand: unique symbol

/** Days of the week: one bit each, Monday the lowest; at least one of them. */
export type Weekdays = number & { readonly [weekdaysBrand]: true }
