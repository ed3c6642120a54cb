// Compiles contracts/*.sol with solc and writes target/<Name>.json {abi, deployedBytecode} for each contract.
// Output: one JSON line {contracts:{name: {file, bytes}}, solc}.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import solc from 'solc'
import { say, stop } from './lib/say.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

const sources = Object.fromEntries(
  readdirSync(`${root}contracts`)
    .filter((file) => file.endsWith('.sol'))
    .map((file) => [file, { content: readFileSync(`${root}contracts/${file}`, 'utf8') }]),
)
const output = JSON.parse(
  solc.compile(
    JSON.stringify({
      language: 'Solidity',
      sources,
      settings: {
        // viaIR: the functions of EIP-3009 have more arguments than the plain code generator's stack takes.
        viaIR: true,
        optimizer: { enabled: true, runs: 200 },
        // The bytes of the result must not depend on comments or on where the sources lie.
        metadata: { bytecodeHash: 'none', appendCBOR: false },
        outputSelection: { '*': { '*': ['abi', 'evm.deployedBytecode.object'] } },
      },
    }),
  ),
)
for (const problem of output.errors ?? []) console.error(problem.formattedMessage)
if (output.errors?.some((problem) => problem.severity === 'error')) stop('the contracts do not compile')

mkdirSync(`${root}target`, { recursive: true })
const contracts = {}
for (const declared of Object.values(output.contracts))
  for (const [name, { abi, evm }] of Object.entries(declared)) {
    const deployedBytecode = `0x${evm.deployedBytecode.object}`
    writeFileSync(`${root}target/${name}.json`, JSON.stringify({ abi, deployedBytecode }, null, 1))
    contracts[name] = { file: `target/${name}.json`, bytes: deployedBytecode.length / 2 - 1 }
  }
say({ contracts, solc: solc.version() })
