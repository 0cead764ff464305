import type { PhrasingContent } from 'mdast'
import type { ObjectType } from 'uniorg'

/** Takes the text of a footnote that stands where it is used, and gives it an identifier. */
type AddFootnote = (content: readonly ObjectType[]) => string

const WEB = /^(?:https?|mailto)$/

/**
 * Turns Org's inline content into Markdown's tree, which the rules work on. Footnote marks become references;
 * links lead on only to the web, since a card has no files beside it.
 */
export function phrasingOf(nodes: readonly ObjectType[], addFootnote: AddFootnote): PhrasingContent[] {
  return nodes.flatMap((node) => phrasing(node, addFootnote))
}

function phrasing(node: ObjectType, addFootnote: AddFootnote): PhrasingContent[] {
  const inside = (): PhrasingContent[] =>
    'children' in node ? phrasingOf(node.children as ObjectType[], addFootnote) : []
  switch (node.type) {
    case 'text':
      return [text(node.value.replace(/\n\s*/g, '\n'))]
    case 'bold':
      return [{ type: 'strong', children: inside() }]
    case 'italic':
      return [{ type: 'emphasis', children: inside() }]
    case 'strike-through':
      return [{ type: 'delete', children: inside() }]
    case 'code':
    case 'verbatim':
      return [{ type: 'inlineCode', value: node.value }]
    case 'underline':
      return inside()
    case 'superscript':
      return [text('^'), ...inside()]
    case 'subscript':
      return [text('_'), ...inside()]
    case 'entity':
      return [text(node.utf8)]
    case 'timestamp':
      return [text(node.rawValue.replace(/^[<[]|[>\]]$/g, ''))]
    case 'latex-fragment':
      return [text(node.value)]
    case 'line-break':
      return [{ type: 'break' }]
    case 'link': {
      const described = inside()
      const label = described.length > 0 ? described : [text(node.rawLink)]
      if (WEB.test(node.linkType)) return [{ type: 'link', url: node.rawLink, children: label as never }]
      // Without a description there is only a picture or a path.
      return described
    }
    case 'footnote-reference': {
      const label = node.footnoteType === 'inline' ? addFootnote(node.children as ObjectType[]) : node.label
      return [{ type: 'footnoteReference', identifier: label, label }]
    }
    default:
      return []
  }
}

function text(value: string): PhrasingContent {
  return { type: 'text', value }
}
