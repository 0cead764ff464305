const SHELLS = new Set(['sh', 'bash', 'zsh', 'shell', 'console', 'shell-session', 'shellsession'])

/** Tells whether a code block's language is a shell's. */
export function isShell(language: string): boolean {
  return SHELLS.has(language)
}

export interface CommentedCommand {
  readonly comment: string
  readonly command: string
  /** Line of the comment, counted from 0 within the block. */
  readonly lineInBlock: number
}

/**
 * Commands with a comment directly above them. Comments over several lines are joined, and so are commands
 * continued with a backslash; a comment above several commands describes none of them alone and is left out.
 *
 * @param text the content of a shell block; a `$ ` in front of commands is dropped
 */
export function commentedCommands(text: string): CommentedCommand[] {
  const found: CommentedCommand[] = []
  let comment: { text: string; line: number } | null = null
  let commands: string[] = []
  let continued = false
  const close = (): void => {
    const [command] = commands
    if (comment !== null && command !== undefined && commands.length === 1) {
      found.push({ comment: comment.text, command, lineInBlock: comment.line })
    }
    comment = null
    commands = []
  }
  text.split('\n').forEach((line, index) => {
    const content = line.trim()
    if (continued) {
      commands.push(`${commands.pop() ?? ''} ${content.replace(/\s*\\$/, '')}`)
      continued = content.endsWith('\\')
    } else if (content === '') close()
    else if (/^#(?!!)/.test(content)) {
      if (commands.length > 0) close()
      const words = content.replace(/^#+\s*/, '')
      comment =
        comment === null ? { text: words, line: index } : { ...comment, text: `${comment.text} ${words}` }
    } else {
      commands.push(content.replace(/^\$\s+/, '').replace(/\s*\\$/, ''))
      continued = content.endsWith('\\')
    }
  })
  close()
  return found.filter(({ comment: words }) => words !== '')
}
