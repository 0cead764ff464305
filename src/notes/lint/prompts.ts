import { answerForm } from '../answerForm.ts'
import { comparable, isBlank } from '../compare.ts'
import { pointerIn } from '../pointers.ts'
import { type Check, error, warning } from './check.ts'

export const emptyText: Check = ({ prompt, answer }) => {
  if (isBlank(prompt)) return error('empty', 'a card has an empty question: write one')
  if (isBlank(answer)) return error('empty', `“${prompt}” has an empty answer: write one`)
  return null
}

/** Only for prompts that a person wrote: others are left out when they hold their answer. */
export const answerInPrompt: Check = (card) => {
  if (!card.written || answerForm(card.answer) === 'status') return null
  const prompt = ` ${comparable(card.prompt).replace(/[?:;()“”]/g, ' ')} `
  const answer = comparable(card.answer)
  if (answer.length < 2) return null
  const at = prompt.indexOf(` ${answer} `)
  if (at < 0) return null
  const [before, after] = [prompt.slice(0, at), prompt.slice(at + answer.length + 1)]
  // One of several that the question offers: "direct or managed", "which of GKE, AKS and EKS".
  if (/(?:,|\bor|\band)\s*$/.test(before) || /^\s*(?:,|or\b|and\b)/.test(after)) return null
  return warning(
    'answer-in-prompt',
    `“${card.prompt}” holds its answer “${card.answer}”: ask without naming it`,
  )
}

/** Only for prompts that a person wrote: others are left out when they point at something else. */
export const needsHeading: Check = ({ written, prompt, wrong }) => {
  const said = written ? pointerIn(prompt, wrong.length > 0) : null
  if (said === null) return null
  return warning(
    'needs-heading',
    `“${prompt}” cannot be understood by itself (“${said}”): name the thing it asks about`,
  )
}

const LEFTOVERS: readonly RegExp[] = [
  /\{#[\w-]*\}?/,
  /\[\^[^\]]*\]/,
  /<!--|-->/,
  /(?<!\{)\{(?:term|answer|row|column|cell|command)\}(?!\})/,
  /^\s*(?:Q|A|Not|Why|Accept):\s/,
  /(?<![=\w])==(?=[^\s=])/,
  /\{\{c\d+::/,
  /!\[[^\]]*\]\(/,
  /<\/?(?:br|p|b|i|u|em|strong|sub|sup|code|span|div|img|a|kbd|details|summary)\b[^>]*>/i,
  /&(?:nbsp|amp|lt|gt|quot|#\d+);/,
  /^#{1,6}\s/,
  /^\s*\|.*\|\s*$/,
]

/** Markup that no reader was meant to see. */
export const leftover: Check = ({ prompt, answer, explanation, wrong, accept }) => {
  for (const text of [prompt, answer, explanation, ...wrong, ...accept]) {
    const plain = text.replace(/`[^`]*`/g, '`')
    const found = LEFTOVERS.map((pattern) => pattern.exec(plain)?.[0]).find((match) => match !== undefined)
    if (found !== undefined) {
      return warning('leftover', `“${text}” still holds markup (${found.trim()}): is it in its right place?`)
    }
  }
  return null
}
