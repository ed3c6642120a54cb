// The reference facilitator of x402 version 2 (@x402/core and @x402/evm) over HTTP, settling on our chain.
// Environment: RPC_URL, CHAIN_ID (84532), PORT (0 = any free), PRIVATE_KEY (an account of its own by default),
// KINDS (v2 | v1 | v1,v2), SIMULATE_IN_SETTLE (true: simulate again before sending, off as in the library),
// CONFIRMATION_TIMEOUT_MS (how long to wait for a receipt before answering settlement_pending).
// GET /discovery/resources: {items}, what @x402/extensions reads from settled payments.
// Output: one JSON line {ready, url, kinds, extensions, signers} when it listens.
import { x402Facilitator } from '@x402/core/facilitator'
import { toFacilitatorEvmSigner } from '@x402/evm'
import { ExactEvmScheme } from '@x402/evm/exact/facilitator'
import { ExactEvmSchemeV1 } from '@x402/evm/exact/v1/facilitator'
import { extractDiscoveryInfo } from '@x402/extensions/bazaar'
import { accountOf } from './lib/accounts.mjs'
import { serveFacilitator } from './lib/facilitator-server.mjs'
import { networkOf } from './lib/networks.mjs'
import { setting, stop } from './lib/say.mjs'
import { oneSendAtATime, walletOn } from './lib/wallet.mjs'

const network = networkOf(setting('CHAIN_ID', '84532'))
const key = setting('PRIVATE_KEY', accountOf('facilitator-v2').privateKey)
const wallet = oneSendAtATime(walletOn(network, key, setting('RPC_URL')))
const patience = setting('CONFIRMATION_TIMEOUT_MS', '')
const signer = toFacilitatorEvmSigner(
  { ...wallet, address: wallet.account.address },
  patience ? { confirmationTimeoutMs: Number(patience) } : undefined,
)
const scheme = { simulateInSettle: setting('SIMULATE_IN_SETTLE', 'false') === 'true' }

const facilitator = new x402Facilitator()
for (const kind of setting('KINDS', 'v2').split(','))
  if (kind === 'v2') facilitator.register(network.caip2, new ExactEvmScheme(signer, scheme))
  else if (kind === 'v1') facilitator.registerV1(network.v1, new ExactEvmSchemeV1(signer, scheme))
  else stop(`KINDS: ${kind} is neither v1 nor v2`)

// When the chain cannot be reached, the library drops a promise that fails later, which would end this process. A chain
// that is away for a while is one of the things to be tested, so we stay; README, "Peculiarities".
process.on('unhandledRejection', (error) => console.error(`facilitator-v2: unhandled: ${error}`))

const items = []
async function settle(payment, terms) {
  const settled = await facilitator.settle(payment, terms)
  const found = settled.success ? extractDiscoveryInfo(payment, terms) : null
  if (found) items.push(found)
  return settled
}

serveFacilitator({
  name: 'facilitator-v2',
  supported: () => facilitator.getSupported(),
  verify: (payment, terms) => facilitator.verify(payment, terms),
  settle,
  catalogue: () => ({ x402Version: 2, items }),
  refuseIncomplete: true,
  errorStatus: 500,
  errorText: (error) => (error instanceof Error ? error.message : 'Unknown error'),
})
