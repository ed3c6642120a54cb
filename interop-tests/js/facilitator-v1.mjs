// The reference facilitator of x402 version 1 (package x402) over HTTP, settling on our chain.
// Environment: RPC_URL, CHAIN_ID (84532), PORT (0 = any free), PRIVATE_KEY (an account of its own by default).
// Output: one JSON line {ready, url, kinds} when it listens.
import { settle, verify } from 'x402/facilitator'
import { PaymentPayloadSchema, PaymentRequirementsSchema } from 'x402/types'
import { accountOf } from './lib/accounts.mjs'
import { serveFacilitator } from './lib/facilitator-server.mjs'
import { networkOf } from './lib/networks.mjs'
import { setting } from './lib/say.mjs'
import { oneSendAtATime, walletOn } from './lib/wallet.mjs'

const network = networkOf(setting('CHAIN_ID', '84532'))
const key = setting('PRIVATE_KEY', accountOf('facilitator-v1').privateKey)
const wallet = oneSendAtATime(walletOn(network, key, setting('RPC_URL')))

// The reference server of version 1 parses both objects with the package's schemas and answers 400 to whatever is
// thrown, a schema error or a transaction that would revert alike. Ours does the same, and only for its own network:
// the wallet would happily send a payment for another chain to this one.
function parsed(job) {
  return (payload, requirements) => {
    const terms = PaymentRequirementsSchema.parse(requirements)
    const payment = PaymentPayloadSchema.parse(payload)
    if (terms.network !== network.v1) throw new Error('Invalid network')
    return job(wallet, payment, terms)
  }
}

serveFacilitator({
  name: 'facilitator-v1',
  supported: () => ({ kinds: [{ x402Version: 1, scheme: 'exact', network: network.v1 }] }),
  verify: parsed(verify),
  settle: parsed(settle),
  errorStatus: 400,
  errorText: (error, path) => (path === '/settle' ? `Invalid request: ${error}` : 'Invalid request'),
})
