import { answerForm } from '../answerForm.ts'
import { marksApart } from '../choiceMarks.ts'
import { comparable, isPartOfOther } from '../compare.ts'
import { type Check, error, warning } from './check.ts'

export const wrongIsRight: Check = ({ prompt, answer, accept, wrong }) => {
  const right = [answer, ...accept].map(comparable)
  const also = wrong.find((choice) => right.includes(comparable(choice)))
  if (also !== undefined) {
    return error('choice-also-right', `“${also}” is both a wrong choice and right in “${prompt}”`)
  }
  const near = wrong.find((choice) => answerForm(choice) === 'words' && isPartOfOther(choice, answer))
  if (near === undefined) return null
  return warning('choice-also-right', `“${near}” says much the same as the answer of “${prompt}”`)
}

export const wrongRepeats: Check = ({ prompt, wrong }) => {
  const repeated = wrong.find((choice, index) =>
    wrong.some((other, place) => place < index && comparable(other) === comparable(choice)),
  )
  if (repeated === undefined) return null
  return error('choice-repeated', `the wrong choice “${repeated}” comes twice in “${prompt}”`)
}

const VOWEL = /^(?:[aeio]|u(?!ni|se|ti|bi|rl)|hour|honest|heir|[fhlmnrsx](?=[A-Z0-9]))/i

/** "… is an […]." where the answer alone begins with a vowel. */
export const grammarTells: Check = ({ prompt, answer, wrong }) => {
  const article = /\b(an?) (?:\[…\]|…|_+)/i.exec(prompt)?.[1] ?? /\b(an?)\s*[?:]?$/i.exec(prompt)?.[1]
  if (article === undefined || wrong.length === 0) return null
  const fits = (choice: string): boolean =>
    VOWEL.test(choice.replace(/^[`*“"]+/, '')) === (article.toLowerCase() === 'an')
  if (!fits(answer) || wrong.some(fits)) return null
  return warning(
    'grammar-tells',
    `“${article}” in “${prompt}” only fits its answer “${answer}”: write “a/an”, or choose other wrong choices`,
  )
}

const LONGER_BY = 1.7
const LONGER_BY_CHARACTERS = 15

/** The only long choice is the right one, as every pupil knows; so is the only short one. */
export const lengthTells: Check = ({ prompt, answer, wrong }) => {
  if (wrong.length === 0) return null
  const lengths = wrong.map((choice) => choice.length)
  const [shortest, longest] = [Math.min(...lengths), Math.max(...lengths)]
  const isLong = answer.length > longest * LONGER_BY && answer.length - longest >= LONGER_BY_CHARACTERS
  const isShort = answer.length * LONGER_BY < shortest && shortest - answer.length >= LONGER_BY_CHARACTERS
  if (!isLong && !isShort) return null
  return warning(
    'length-tells',
    `the answer “${answer}” of “${prompt}” is by far the ${isLong ? 'longest' : 'shortest'} choice: make them alike`,
  )
}

/** The answer alone is in code, has a number or a bracket, or alone has none. */
export const formatTells: Check = ({ prompt, answer, wrong }) => {
  const [first, ...others] = wrong.map((choice) => marksApart(answer, choice))
  const odd = first?.find((mark) => others.every((marks) => marks.includes(mark)))
  if (odd === undefined) return null
  const name = odd.has(answer) ? odd.name : `not ${odd.name}`.replace('not with', 'without')
  return warning(
    'format-tells',
    `the answer “${answer}” of “${prompt}” is the only choice ${name}: make them alike`,
  )
}
