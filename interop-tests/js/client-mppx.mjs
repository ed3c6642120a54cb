// Pays with mppx, the client of the HTTP "Payment" scheme, which also speaks x402 version 2. Environment: see README,
// "Clients". MAX_VALUE in atomic units; without it the library has no limit.
// ASSETS=known gives it the dollar tokens of both chains, with which it takes MPP challenges (evm/charge) too, and
// prefers them; ASSETS=none (default) leaves it without token domains, so only x402 challenges can be paid.
import { evm, Mppx } from 'mppx/client'
import { privateKeyToAccount } from 'viem/accounts'
import { accountOf } from './lib/accounts.mjs'
import { makePaidRequests } from './lib/paid-requests.mjs'
import { setting } from './lib/say.mjs'

const account = privateKeyToAccount(setting('PRIVATE_KEY', accountOf('payer').privateKey))
const limit = setting('MAX_VALUE', '')
const known = setting('ASSETS', 'none') === 'known'
const retries = setting('MAX_PAYMENT_RETRIES', '')

await makePaidRequests((fetch) => {
  const client = Mppx.create({
    fetch,
    // The platform's own fetch stays as it is.
    polyfill: false,
    methods: [
      evm({
        account,
        ...(known && { currencies: [evm.assets.base.USDC, evm.assets.baseSepolia.USDC] }),
        ...(limit && { maxAtomicAmount: limit }),
      }),
    ],
    ...(retries && { maxPaymentRetries: Number(retries) }),
  })
  return client.fetch
})
