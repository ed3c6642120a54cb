import { base, baseSepolia } from 'viem/chains'
import { stop } from './say.mjs'

// Addresses are spelled as the reference packages spell them: v1 clients compare them case-sensitively.
const networks = {
  84532: {
    chain: baseSepolia,
    v1: 'base-sepolia',
    asset: '0x036CbD53842c5426634e7929541eC2318f3dCF7e',
    domain: { name: 'USDC', version: '2' },
  },
  8453: {
    chain: base,
    v1: 'base',
    asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
    domain: { name: 'USD Coin', version: '2' },
  },
}

export function networkOf(chainId) {
  const network = networks[chainId]
  if (!network) stop(`CHAIN_ID ${chainId} is none of ${Object.keys(networks).join(', ')}`)
  return { ...network, chainId: Number(chainId), caip2: `eip155:${chainId}` }
}
