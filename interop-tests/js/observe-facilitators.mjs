// Puts good and faulty payments to the reference facilitators and writes down what they answer.
// Environment: CHAIN_ID (84532). Starts and stops its own chains and facilitators.
// Output: one JSON line {chainId, facilitators: {name: {situation: {verify: {status, body}, settle: …}}}}.
import { createTestClient, http } from 'viem'
import { accounts, accountOf } from './lib/accounts.mjs'
import { authorize } from './lib/authorization.mjs'
import { dialects } from './lib/dialects.mjs'
import { networkOf } from './lib/networks.mjs'
import { started } from './lib/programs.mjs'
import { say, setting } from './lib/say.mjs'
import { highS, shortForm } from './lib/signatures.mjs'

const network = networkOf(setting('CHAIN_ID', '84532'))
const CHAIN_ID = String(network.chainId)
const payTo = '0x00000000000000000000000000000000000000AA'
const amount = '10000'
const [payer, other] = accounts
const good = { network, payer, payTo, value: amount }
const subjects = [
  { name: 'x402 1.2.0', script: 'facilitator-v1.mjs', dialect: dialects.v1 },
  { name: '@x402/evm 2.27.0, v2 kind', script: 'facilitator-v2.mjs', dialect: dialects.v2 },
  { name: '@x402/evm 2.27.0, v1 kind', script: 'facilitator-v2.mjs', dialect: dialects.v1, KINDS: 'v1' },
]

const facilitators = {}
for (const { name, dialect, script, ...environment } of subjects)
  facilitators[name] = await observe(script, environment, dialect)
say({ chainId: network.chainId, facilitators })

async function observe(script, environment, dialect) {
  const running = []
  const start = async (what, settings) => (running.push(await started(what, { CHAIN_ID, ...settings })), running.at(-1))
  try {
    const chain = await start('chain.mjs', {})
    const { url, ready, stop, ...supported } = await start(script, { ...environment, RPC_URL: chain.rpc })
    const deaf = await start(script, { ...environment, RPC_URL: 'http://127.0.0.1:9' })
    const slow = await start('chain.mjs', { BLOCK_TIME: '3' })
    const hasty = await start(script, { ...environment, RPC_URL: slow.rpc, CONFIRMATION_TIMEOUT_MS: '300' })
    const ask = asker(dialect)
    return {
      supported,
      ...(await faultyPayments(url, ask)),
      ...(await movingChain(url, ask, chain.rpc)),
      ...(await troubles({ url, deaf: deaf.url, hasty: hasty.url }, ask)),
    }
  } finally {
    for (const program of running.reverse()) await program.stop()
  }
}

/** Asks a facilitator about a payment: verify first, then settle all the same. */
function asker(dialect) {
  const body = (payload, changes) => dialect({ network, payTo, amount, payload, ...changes })
  return {
    verify: (url, payload, changes) => post(`${url}/verify`, body(payload, changes)),
    settle: (url, payload, changes) => post(`${url}/settle`, body(payload, changes)),
    async both(url, payload, changes) {
      return { verify: await this.verify(url, payload, changes), settle: await this.settle(url, payload, changes) }
    },
  }
}

async function faultyPayments(url, ask) {
  const paid = await authorize(good)
  const signed = await authorize(good)
  return {
    valid: await ask.both(url, paid),
    'settled before (nonce used)': await ask.both(url, paid),
    'insufficient funds': await ask.both(url, await authorize({ ...good, payer: accountOf('poor') })),
    'signed by another key': await ask.both(url, await authorize({ ...good, signedBy: other })),
    'signature of 64 bytes (EIP-2098)': await ask.both(url, { ...signed, signature: shortForm(signed.signature) }),
    'signature with high s': await ask.both(url, { ...signed, signature: highS(signed.signature) }),
    'signature of 3 bytes': await ask.both(url, { ...signed, signature: '0x010203' }),
    expired: await ask.both(url, await authorize({ ...good, before: -5 })),
    'expires in 3 seconds': await ask.both(url, await authorize({ ...good, before: 3 })),
    'not yet valid': await ask.both(url, await authorize({ ...good, after: 30 })),
    'to another payee': await ask.both(url, await authorize({ ...good, payTo: other.address })),
    'one unit too little': await ask.both(url, await authorize({ ...good, value: '9999' })),
    'one unit too much': await ask.both(url, await authorize({ ...good, value: '10001' })),
    'signed for another chain': await ask.both(url, await authorize({ ...good, domain: { chainId: 1 } })),
    'terms and signature name a wrong token domain': await wrongDomain(url, ask),
    'terms without extra': await ask.both(url, await authorize(good), { terms: { extra: undefined } }),
    'asset without code': await ask.both(url, await authorize({ ...good, domain: { verifyingContract: payTo } }), {
      terms: { asset: payTo },
    }),
    'unknown scheme': await ask.both(url, await authorize(good), { terms: { scheme: 'upto' }, claimed: { scheme: 'upto' } }),
    'unknown network': await ask.both(url, await authorize(good), { terms: { network: 'eip155:5' }, claimed: { network: 'eip155:5' } }),
  }
}

async function wrongDomain(url, ask) {
  const domain = { name: 'Wrong Coin', version: '2' }
  return ask.both(url, await authorize({ ...good, domain }), { terms: { extra: domain } })
}

/** Payments that were fine when they were verified. */
async function movingChain(url, ask, rpc) {
  const twice = await authorize(good)
  const pair = await Promise.all([ask.settle(url, twice), ask.settle(url, twice)])
  const spent = await authorize({ ...good, payer: accounts[1], value: '600000000' })
  const more = await authorize({ ...good, payer: accounts[1], value: '600000000' })
  const large = { amount: '600000000' }
  const both = { first: await ask.verify(url, spent, large), second: await ask.verify(url, more, large) }
  await ask.settle(url, spent, large)
  const unspendable = { verifiedBefore: both, settle: await ask.settle(url, more, large) }
  const lapsing = await authorize({ ...good, before: 60 })
  const verified = await ask.verify(url, lapsing)
  await createTestClient({ mode: 'anvil', chain: network.chain, transport: http(rpc) }).increaseTime({ seconds: 120 })
  return {
    'same payment settled twice at once': { settles: pair },
    'funds spent between verify and settle': unspendable,
    'expired on the chain, whose clock is 2 minutes ahead': { verify: verified, settle: await ask.settle(url, lapsing) },
  }
}

/** Faults that are not the payment's. */
async function troubles({ url, deaf, hasty }, ask) {
  const pending = await authorize(good)
  const slowly = { settle: await ask.settle(hasty, pending), settleAtOnceAgain: await ask.settle(hasty, pending) }
  await new Promise((resume) => setTimeout(resume, 4000))
  slowly.settleWhenMined = await ask.settle(hasty, pending)
  slowly.settleOnceMore = await ask.settle(hasty, pending)
  return {
    'a block every 3 seconds; @x402/evm told to wait 0.3 seconds for the receipt': slowly,
    'chain not reachable': await ask.both(deaf, await authorize(good)),
    'body without payment': { verify: await post(`${url}/verify`, {}), settle: await post(`${url}/settle`, {}) },
    'payment without payload': await ask.both(url, undefined),
  }
}

async function post(url, body) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  // The texts of viem run to a page; their beginnings say it.
  const brief = (_, value) => (typeof value === 'string' && value.length > 400 ? `${value.slice(0, 400)}…` : value)
  return { status: answer.status, body: JSON.parse(await answer.text(), brief) }
}
