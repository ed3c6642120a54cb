import { createServer } from 'node:http'
import { getBase58Decoder } from '@solana/kit'

const tokenProgram = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA'
/** Any 32 bytes serve as a recent blockhash as long as nobody looks it up. */
const blockhash = getBase58Decoder().decode(new Uint8Array(32).fill(7))

/** Just enough of a Solana node for a payer who has to look up a mint and a recent blockhash. */
const answers = {
  getLatestBlockhash: () => inContext({ blockhash, lastValidBlockHeight: 1000 }),
  getAccountInfo: () =>
    inContext({
      data: [mintOf(6).toString('base64'), 'base64'],
      executable: false,
      lamports: 1461600,
      owner: tokenProgram,
      rentEpoch: 0,
      space: 82,
    }),
}

function inContext(value) {
  return { context: { apiVersion: '2.0.0', slot: 900 }, value }
}

/** The account of a token: no authorities, no supply, `decimals` at byte 44 and "initialised" at byte 45. */
function mintOf(decimals) {
  const data = Buffer.alloc(82)
  data[44] = decimals
  data[45] = 1
  return data
}

export async function solanaStub() {
  const server = createServer(async (request, response) => {
    const parts = []
    for await (const part of request) parts.push(part)
    const { id, method } = JSON.parse(Buffer.concat(parts).toString('utf8'))
    console.error(`stub: ${method}`)
    const known = answers[method]
    const body = known ? { result: known() } : { error: { code: -32601, message: `no ${method} here` } }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ jsonrpc: '2.0', id, ...body }))
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.closeAllConnections() || server.close() }
}
