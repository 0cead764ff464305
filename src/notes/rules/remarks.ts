/** Bold words that open a remark, not a definition. */
export const REMARK =
  /^(?:note|notes|nb|warning|caution|important|attention|tip|hint|example|examples|e\.g\.|todo|remember|source|see also|question|q|a|answer|summary|conclusion|update|edit)$/i

/** Words before a colon that name no thing, but what is said about one: "Version: …", "Pros: …". */
export const NO_TERM = new RegExp(
  `${REMARK.source.replace(/\$$/, '')}$|^(?:${[
    'pros?|cons?|advantages?|disadvantages?|benefits?|drawbacks?|strengths?|weaknesses|limitations?|features?',
    'versions?|licen[cs]es?|authors?|dates?|time|place|location|when|where|who|why|how|what|which|name|title',
    'topic|speakers?|attendees|participants|agenda|action(?: items?)?|owner|status|priority|due|links?|url',
    'website|homepage|e-?mail|phone|address|price|cost|size|type|default|usage|syntax|description|details',
    'problems?|solutions?|causes?|reasons?|results?|goals?|steps?|step \\d+|day \\d+|week \\d+|chapter \\d+',
    'monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|yesterday|first|second|third',
    'also|but|so|or|and|then|next|finally|however|yes|no|maybe|ps|fyi|tl;?dr|in short|for example|i\\.e\\.',
    'before|after|input|output|left|right|up|down|from|to|cc|subject|re|done|wip|fixme|xxx|idea|ideas|me|i',
  ].join('|')})$`,
  'i',
)
