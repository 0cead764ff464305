import { z } from 'zod'
import type { Input } from '../core/screen.ts'
import { SETTING_NAMES } from '../core/settings.ts'

const ref = z.object({
  cardId: z.string(),
  reviewCount: z.number().int().nonnegative(),
  onlyDeck: z.boolean(),
})

const inputSchema: z.ZodType<Input> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answer'), ref, label: z.string() }),
  z.object({
    kind: z.literal('setting'),
    name: z.enum(SETTING_NAMES),
    label: z.string(),
    first: z.boolean(),
  }),
  z.object({ kind: z.literal('report'), ref, label: z.string() }),
  z.object({
    kind: z.literal('ownCard'),
    draftId: z.string(),
    prompt: z.string(),
    answer: z.string(),
    label: z.string(),
  }),
])

/**
 * What written text is taken for, as it was stored. It may be of another version of the program: what this one
 * does not know is as if no text was expected.
 */
export function readInput(stored: unknown): Input | null {
  return inputSchema.safeParse(stored).data ?? null
}
