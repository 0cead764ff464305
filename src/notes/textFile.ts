/** A file in memory. */
export interface TextFile {
  /** With forward slashes, relative to the folder the build runs in. */
  readonly path: string
  readonly text: string
}
