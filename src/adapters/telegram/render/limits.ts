/**
 * What Telegram takes at most (Bot API 10.1). It says "characters" and counts code points in some places and
 * UTF-16 units in others. Lengths here are always UTF-16 units, `string.length`: there are never fewer of them than
 * code points, so that both readings are kept.
 */
export const LIMITS = {
  /** A message's text, after entities are parsed. */
  text: 4096,
  /** The text below a photo or a file. */
  caption: 1024,
  /** What a button sends back, in bytes of UTF-8. */
  callbackDataBytes: 64,
  /** The toast or alert that answers a press. */
  callbackAnswer: 200,
  /** A poll's question. */
  pollQuestion: 300,
  /** One option of a poll. */
  pollOption: 100,
  /** Options of a poll. */
  pollOptions: 12,
  /** What a quiz says after a wrong answer. */
  pollExplanation: 200,
  /** Line feeds in that explanation. */
  pollExplanationLineFeeds: 2,
  /** How long a poll can be open, in seconds, if it closes by itself. */
  pollOpenSeconds: { least: 5, most: 2_628_000 },
  /** Buttons below a message. */
  keyboardButtons: 100,
  /** Buttons beside one another. */
  rowButtons: 8,
} as const
