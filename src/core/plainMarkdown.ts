/** Writes text so that inline Markdown shows it as it is; line ends and white space at the ends of a line are lost. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, '\\$&')
}

/** Writes text of one or more lines so that inline Markdown shows it as it is, with its lines and their indentation. */
export function linesAsMarkdown(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const [indentation = ''] = /^[ \t]*/.exec(line) ?? []
      // Markdown drops white space at the start of a line, unless it is written as what it is not.
      return indentation.replace(/[ \t]/g, asReference) + escapeMarkdown(line.slice(indentation.length))
    })
    .join('\\\n')
}

function asReference(character: string): string {
  return `&#${character.charCodeAt(0)};`
}
