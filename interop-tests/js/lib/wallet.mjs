import { createWalletClient, http, publicActions } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

/** A wallet client of viem with the public actions, over our own chain's RPC. */
export function walletOn(network, privateKey, rpcUrl) {
  return createWalletClient({
    account: privateKeyToAccount(privateKey),
    chain: network.chain,
    // No retries: a chain on this machine is up or it is not.
    transport: http(rpcUrl, { retryCount: 0 }),
    // Receipts are polled for; the default of one second would be most of the time of a test.
    pollingInterval: 50,
    cacheTime: 0,
  }).extend(publicActions)
}

/**
 * The wallet with its sends put in a row. viem asks the node for the account's next number before each send, so two
 * settlements at once would take the same number; the number counts once the node has the transaction.
 */
export function oneSendAtATime(wallet) {
  let last = Promise.resolve()
  const inTurn = (send) => (argument) => {
    const turn = last.then(() => send(argument))
    last = turn.catch(() => {})
    return turn
  }
  return { ...wallet, writeContract: inTurn(wallet.writeContract), sendTransaction: inTurn(wallet.sendTransaction) }
}
