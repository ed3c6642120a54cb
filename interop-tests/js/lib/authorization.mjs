import { randomBytes } from 'node:crypto'
import { privateKeyToAccount } from 'viem/accounts'

const types = {
  TransferWithAuthorization: [
    { name: 'from', type: 'address' },
    { name: 'to', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'validAfter', type: 'uint256' },
    { name: 'validBefore', type: 'uint256' },
    { name: 'nonce', type: 'bytes32' },
  ],
}

/** A signed EIP-3009 transfer as x402 carries it, with any of its parts wrong on request. */
export async function authorize({ network, payer, payTo, value, signedBy = payer, after = -600, before = 60, domain = {} }) {
  const now = Math.floor(Date.now() / 1000)
  const authorization = {
    from: payer.address,
    to: payTo,
    value,
    validAfter: String(now + after),
    validBefore: String(now + before),
    nonce: `0x${randomBytes(32).toString('hex')}`,
  }
  const signature = await privateKeyToAccount(signedBy.privateKey).signTypedData({
    domain: { ...network.domain, chainId: network.chainId, verifyingContract: network.asset, ...domain },
    types,
    primaryType: 'TransferWithAuthorization',
    message: authorization,
  })
  return { signature, authorization }
}
