// Pays with @x402/fetch, the reference client of version 2. Environment: see README, "Clients".
// SCHEMES=v2 registers the version 2 mechanism only; v2+v1 does what the package's register function does: both.
// MAX_VALUE in atomic units of a six-decimal dollar; without it the library's own limit of $1 holds.
import { wrapFetchWithPayment, x402Client } from '@x402/fetch'
import { ExactEvmScheme, registerExactEvmScheme } from '@x402/evm/exact/client'
import { formatUnits } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { accountOf } from './lib/accounts.mjs'
import { makePaidRequests } from './lib/paid-requests.mjs'
import { setting, stop } from './lib/say.mjs'

const signer = privateKeyToAccount(setting('PRIVATE_KEY', accountOf('payer').privateKey))
const schemes = setting('SCHEMES', 'v2')
const limit = setting('MAX_VALUE', '')

function client() {
  const made = new x402Client()
  if (schemes === 'v2') made.register('eip155:*', new ExactEvmScheme(signer))
  else if (schemes === 'v2+v1') registerExactEvmScheme(made, { signer })
  else stop(`SCHEMES: ${schemes} is neither v2 nor v2+v1`)
  if (limit) made.setSpendControls({ maxAmountPerPayment: `$${formatUnits(BigInt(limit), 6)}` })
  return made
}

await makePaidRequests((fetch) => wrapFetchWithPayment(fetch, client()))
