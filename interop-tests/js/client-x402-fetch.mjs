// Pays with x402-fetch, the reference client of version 1. Environment: see README, "Clients".
// MAX_VALUE in atomic units; without it the library's own limit of 100000 (0.10 USDC) holds.
import { wrapFetchWithPayment } from 'x402-fetch'
import { accountOf } from './lib/accounts.mjs'
import { networkOf } from './lib/networks.mjs'
import { makePaidRequests } from './lib/paid-requests.mjs'
import { setting } from './lib/say.mjs'
import { walletOn } from './lib/wallet.mjs'

const network = networkOf(setting('CHAIN_ID', '84532'))
// The library picks options by the wallet's chain and signs locally; port 9 is never called.
const wallet = walletOn(network, setting('PRIVATE_KEY', accountOf('payer').privateKey), setting('RPC_URL', 'http://127.0.0.1:9'))
const limit = setting('MAX_VALUE', '')

await makePaidRequests((fetch) => wrapFetchWithPayment(fetch, wallet, limit ? BigInt(limit) : undefined))
