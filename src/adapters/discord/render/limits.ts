/**
 * What Discord takes at most (API v10). It counts code points; lengths here are UTF-16 units, `string.length`: there
 * are never fewer of them than code points.
 */
export const LIMITS = {
  /** A message's text, as a bot sends it: marks and escapes count. */
  content: 2000,
  /** What a button, a menu or a modal sends back. */
  customId: 100,
  /** The words on a button. */
  buttonLabel: 80,
  /** Rows of buttons or menus below a message. */
  rows: 5,
  /** Buttons in a row; a menu has a row of its own. */
  rowButtons: 5,
  /** Where a link button leads. */
  buttonUrl: 512,
  /** What a menu shows before something is picked from it. */
  selectPlaceholder: 150,
  /** Things to pick from in a menu. */
  selectOptions: 25,
  /** The words of one of them. */
  selectOptionLabel: 100,
  modalTitle: 45,
  /** Fields and texts of a modal together, as the client shows them. */
  modalFields: 5,
  /** What stands above a field. */
  modalLabel: 45,
  /** What a person can write into a field. */
  modalInput: 4000,
  /** What a field shows before something is written. */
  modalPlaceholder: 100,
  /** Text displays of a modal, and of a message with components v2, all together. */
  textDisplays: 4000,
  /** Components of a message with components v2, nested ones included. */
  components: 40,
  embedDescription: 4096,
  /** All texts of all embeds of a message together. */
  embeds: 6000,
} as const
