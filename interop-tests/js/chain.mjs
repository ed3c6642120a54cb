// A private chain: anvil under one of the real chain ids, with our test token at the real token's address.
// Environment: CHAIN_ID (84532), PORT (0 = any free), BLOCK_TIME (seconds; absent = a block per transaction),
// ANVIL (path of the program; the installed one by default).
// Output: one JSON line {ready, rpc, chainId, network, caip2, asset, domain, accounts, pid} when it can be used.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { createTestClient, http, parseUnits } from 'viem'
import { accountOf, accounts } from './lib/accounts.mjs'
import { untilStopped } from './lib/lifetime.mjs'
import { networkOf } from './lib/networks.mjs'
import { say, setting, stop } from './lib/say.mjs'
import { walletOn } from './lib/wallet.mjs'

/** Where the reference facilitator expects the batching contract on every chain. */
const multicall = '0xcA11bde05977b3631167028862bE2a173976CA11'
const network = networkOf(setting('CHAIN_ID', '84532'))
const blockTime = setting('BLOCK_TIME', '')

const anvil = spawn(
  anvilBinary(),
  ['--host', '127.0.0.1', '--port', setting('PORT', '0'), '--chain-id', String(network.chainId)].concat(
    blockTime ? ['--block-time', blockTime] : [],
  ),
  { stdio: ['ignore', 'pipe', 'inherit'] },
)
let stopping = false
anvil.on('error', (error) => stop(`anvil did not start: ${error.message}`))
anvil.on('exit', (code, signal) => stopping || stop(`anvil ended by itself: ${code ?? signal}`))
untilStopped(() => {
  stopping = true
  const ended = new Promise((done) => anvil.on('exit', done))
  return anvil.kill('SIGTERM') ? ended : undefined
})

const rpc = await listening()
await placeContracts()
const { name, version } = network.domain
say({
  ready: true,
  rpc,
  chainId: network.chainId,
  network: network.v1,
  caip2: network.caip2,
  asset: network.asset,
  domain: { name, version },
  accounts,
  pid: anvil.pid,
})

/** The program lies in anvil's platform package; of those only the one for Linux on x64 is locked, others name theirs. */
function anvilBinary() {
  const named = setting('ANVIL', '')
  if (named) return named
  try {
    return createRequire(import.meta.url).resolve('@foundry-rs/anvil-linux-amd64/bin/anvil')
  } catch {
    stop('anvil is not installed for this system: set ANVIL to the path of an anvil 1.7.1')
  }
}

/** Waits for anvil to say where it listens, then keeps reading: a full pipe would stop it. */
function listening() {
  return new Promise((found) => {
    createInterface({ input: anvil.stdout }).on('line', (line) => {
      const address = /^Listening on (127\.0\.0\.1:\d+)/.exec(line)?.[1]
      if (address) found(`http://${address}`)
    })
  })
}

async function placeContracts() {
  const token = contract('TestUsdc')
  const test = createTestClient({ mode: 'anvil', chain: network.chain, transport: http(rpc) })
  await test.setCode({ address: network.asset, bytecode: token.deployedBytecode })
  await test.setCode({ address: multicall, bytecode: contract('TestMulticall').deployedBytecode })
  const wallet = walletOn(network, accountOf('own').privateKey, rpc)
  const call = async (functionName, args) => {
    const hash = await wallet.writeContract({ address: network.asset, abi: token.abi, functionName, args })
    const { status } = await wallet.waitForTransactionReceipt({ hash })
    if (status !== 'success') stop(`${functionName} was reverted`)
  }
  await call('initialize', [network.domain.name, 'USDC', network.domain.version, 6])
  for (const payer of accounts.filter(({ role }) => role === 'payer'))
    await call('mint', [payer.address, parseUnits('1000', 6)])
}

function contract(name) {
  try {
    return JSON.parse(readFileSync(new URL(`../target/${name}.json`, import.meta.url), 'utf8'))
  } catch (error) {
    stop(`run compile-token.mjs first: ${error.message}`)
  }
}
