import {
  Mutex,
  type PGlite,
  parse,
  protocol,
  type QueryOptions,
  type Results,
  type Transaction,
} from '@electric-sql/pglite'

const { serialize } = protocol

interface Statement {
  readonly name: string
  /** The type of each parameter, as an oid. */
  readonly parameterTypes: readonly number[]
}

/**
 * PGlite as drizzle uses it, except that each query is parsed and planned once and then kept. PGlite itself does
 * both every time, which for this project's queries takes longer than running them.
 *
 * It keeps every text it is given: the texts must be few, with all that varies in parameters.
 */
export class PreparedPglite {
  readonly #pglite: PGlite
  readonly #statements = new Map<string, Statement>()
  /** PGlite has one connection: nothing of this may come between the statements of a transaction. */
  readonly #turn = new Mutex()

  constructor(pglite: PGlite) {
    this.#pglite = pglite
  }

  query<Row>(text: string, params: readonly unknown[] = [], options?: QueryOptions): Promise<Results<Row>> {
    return this.#turn.runExclusive(async () => {
      const statement = this.#statements.get(text) ?? (await this.#prepare(text))
      const values = params.map((param, index) => this.#serialize(param, statement.parameterTypes[index]))
      const messages = await this.#send(
        serialize.bind({ statement: statement.name, values }),
        serialize.describe({ type: 'P' }),
        serialize.execute({}),
      )
      const [result] = parse.parseResults(messages, this.#pglite.parsers, options)
      return result as Results<Row>
    })
  }

  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return this.#turn.runExclusive(() => this.#pglite.transaction(work))
  }

  /** Nothing else reaches the database until the work is done, which must not ask this for anything. */
  exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#turn.runExclusive(work)
  }

  async #prepare(text: string): Promise<Statement> {
    const name = `deckhand_${this.#statements.size}`
    const messages = await this.#send(
      serialize.parse({ name, text }),
      serialize.describe({ type: 'S', name }),
    )
    const statement = { name, parameterTypes: parse.parseDescribeStatementResults(messages) }
    this.#statements.set(text, statement)
    return statement
  }

  #serialize(param: unknown, type: number | undefined): string | null {
    if (param === null || param === undefined) return null
    const serializer = type === undefined ? undefined : this.#pglite.serializers[type]
    return serializer === undefined ? String(param) : serializer(param)
  }

  /** Sends messages together, and a sync, which ends them and makes the database ready again after an error. */
  async #send(...messages: readonly Uint8Array[]) {
    const result = await this.#pglite.runExclusive(() =>
      this.#pglite.execProtocol(Buffer.concat([...messages, serialize.sync()]), { syncToFs: false }),
    )
    return result.messages
  }
}
