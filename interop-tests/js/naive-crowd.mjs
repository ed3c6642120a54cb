// A crowd of naive callers, each with a wallet of its own and the unmodified library: whatever goes wrong, a caller waits and
// starts all over at any of the replicas, and that signs a new payment.
// Environment: URLS (comma between), CLIENT (x402-fetch or @x402/fetch), CROWD (1), PATIENCE_MS (240000), RETRY_DELAY_MS (300),
// CHAIN_ID (84532), FIRST (a file to which a dot is added whenever a caller's first attempt has come to its end).
// Output: one JSON line for each caller.
import { appendFileSync } from 'node:fs'
import { wrapFetchWithPayment as wrapV2, x402Client } from '@x402/fetch'
import { ExactEvmScheme } from '@x402/evm/exact/client'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { wrapFetchWithPayment as wrapV1 } from 'x402-fetch'
import { networkOf } from './lib/networks.mjs'
import { say, setting, stop } from './lib/say.mjs'
import { walletOn } from './lib/wallet.mjs'

const urls = setting('URLS').split(',')
const client = setting('CLIENT')
const patience = Number(setting('PATIENCE_MS', '240000'))
const delay = Number(setting('RETRY_DELAY_MS', '300'))
const first = setting('FIRST')
const network = networkOf(setting('CHAIN_ID', '84532'))

function payingFetch(key) {
  // The library signs locally; port 9 is never called.
  if (client === 'x402-fetch') return wrapV1(fetch, walletOn(network, key, 'http://127.0.0.1:9'))
  if (client !== '@x402/fetch') stop(`CLIENT: ${client} is neither x402-fetch nor @x402/fetch`)
  return wrapV2(fetch, new x402Client().register('eip155:*', new ExactEvmScheme(privateKeyToAccount(key))))
}

async function caller() {
  const key = generatePrivateKey()
  const begin = Date.now()
  let last = null
  for (let attempts = 1; ; attempts++) {
    last = await attempt(key)
    if (attempts === 1) appendFileSync(first, '.')
    const at = Date.now()
    if (last === '200' || at - begin > patience) {
      return say({ payer: privateKeyToAccount(key).address.toLowerCase(), ok: last === '200', last, attempts, at })
    }
    await new Promise((resume) => setTimeout(resume, delay))
  }
}

async function attempt(key) {
  try {
    const response = await payingFetch(key)(urls[Math.floor(Math.random() * urls.length)])
    await response.arrayBuffer()
    return String(response.status)
  } catch (error) {
    return String(error?.cause ?? error)
  }
}

await Promise.all(Array.from({ length: Number(setting('CROWD', '1')) }, caller))
