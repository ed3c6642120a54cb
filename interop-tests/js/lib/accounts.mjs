import { mnemonicToAccount } from 'viem/accounts'
import { toHex } from 'viem'

/** The published test phrase of anvil and hardhat; its ten accounts own 10,000 test coins each on a fresh chain. */
const phrase = 'test test test test test test test test test test test junk'

/**
 * Who plays what. One sender per program: two programs sending from one account would fight over its transaction counter.
 */
const roles = [
  'payer', 'payer', 'payer', 'payer', 'payer', 'payer',
  'poor', // has no tokens, for "insufficient funds"
  'own', // free for a facilitator inside the server under test
  'facilitator-v2',
  'facilitator-v1',
]

export const accounts = roles.map((role, index) => {
  const account = mnemonicToAccount(phrase, { addressIndex: index })
  return { index, role, address: account.address, privateKey: toHex(account.getHdKey().privateKey) }
})

export function accountOf(role) {
  return accounts.find((account) => account.role === role)
}
