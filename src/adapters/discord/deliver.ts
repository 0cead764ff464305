import type { Answer } from './answer.ts'
import type { Interaction } from './transport/interaction.ts'

/** Sends an answer: the first body is the response, the others follow it and are seen by the same people. */
export async function deliver(answer: Answer, interaction: Interaction): Promise<void> {
  switch (answer.kind) {
    case 'modal':
      await interaction.respond({ kind: 'modal', modal: answer.modal })
      return
    case 'choices':
      await interaction.respond({ kind: 'choices', choices: answer.choices })
      return
    case 'update': {
      const [first, ...further] = answer.bodies
      if (first !== undefined) await interaction.respond({ kind: 'update', message: first })
      for (const body of further) await interaction.followUp(body, 'private')
      return
    }
    case 'message': {
      const [first, ...further] = answer.bodies
      const { visibility } = answer
      const files = answer.file === undefined ? {} : { files: [answer.file] }
      if (first !== undefined) {
        await interaction.respond({ kind: 'message', message: { ...first, ...files }, visibility })
      }
      for (const body of further) await interaction.followUp(body, visibility)
    }
  }
}
