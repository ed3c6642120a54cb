import { concat, numberToHex, parseSignature, serializeCompactSignature, signatureToCompactSignature } from 'viem'

const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

/** The same signature in 64 bytes (EIP-2098). */
export function shortForm(signature) {
  return serializeCompactSignature(signatureToCompactSignature(parseSignature(signature)))
}

/** The other spelling of the same signature, which ecrecover takes and careful tokens do not. */
export function highS(signature) {
  const { r, s, yParity } = parseSignature(signature)
  return concat([r, numberToHex(order - BigInt(s), { size: 32 }), numberToHex(28 - yParity, { size: 1 })])
}
