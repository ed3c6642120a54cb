// Makes a Solana payment with the payer's code of @x402/svm; nothing is sent anywhere.
// Environment: REQUIREMENTS (JSON of one version 2 option, or of a whole PaymentRequired; built-in example otherwise),
// PAYER_SEED and FEE_PAYER_SEED (hex of 32 bytes; 01… and 02…).
// Output: one JSON line {paymentPayload, header, payer, feePayer, messageSha256, …}. Not the same bytes twice, since the
// library writes a random memo, unless the option asks for a memo of its own in extra.memo.
import { createHash } from 'node:crypto'
import {
  createKeyPairSignerFromPrivateKeyBytes,
  getBase58Decoder,
  getCompiledTransactionMessageDecoder,
  getTransactionDecoder,
} from '@solana/kit'
import { x402Client, x402HTTPClient } from '@x402/core/client'
import { ExactSvmScheme } from '@x402/svm/exact/client'
import { say, setting } from './lib/say.mjs'
import { solanaStub } from './lib/solana-stub.mjs'

const signerOf = (seed) => createKeyPairSignerFromPrivateKeyBytes(Buffer.from(seed, 'hex'))
const payer = await signerOf(setting('PAYER_SEED', '01'.repeat(32)))
const feePayer = await signerOf(setting('FEE_PAYER_SEED', '02'.repeat(32)))
const payee = await signerOf('03'.repeat(32))

const example = {
  scheme: 'exact',
  network: 'solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1',
  amount: '10000',
  asset: '4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU',
  payTo: payee.address,
  maxTimeoutSeconds: 60,
  extra: { feePayer: feePayer.address },
}
const given = JSON.parse(setting('REQUIREMENTS', JSON.stringify(example)))
const paymentRequired = given.accepts
  ? given
  : { x402Version: 2, resource: { url: 'http://127.0.0.1/solana' }, accepts: [given] }

const stub = await solanaStub()
try {
  const client = new x402Client().register('solana:*', new ExactSvmScheme(payer, { rpcUrl: stub.url }))
  const paymentPayload = await client.createPaymentPayload(paymentRequired)
  const header = new x402HTTPClient(client).encodePaymentSignatureHeader(paymentPayload)
  say({
    madeBy: '@x402/svm 2.27.0',
    paymentRequired,
    paymentPayload,
    header: { name: 'PAYMENT-SIGNATURE', value: header['PAYMENT-SIGNATURE'] },
    ...transactionFacts(paymentPayload.payload.transaction),
  })
} finally {
  stub.close()
}

/** What a server can read from the transaction alone. */
function transactionFacts(base64) {
  const { messageBytes, signatures } = getTransactionDecoder().decode(Buffer.from(base64, 'base64'))
  const message = getCompiledTransactionMessageDecoder().decode(messageBytes)
  const { staticAccounts, header } = message
  const base58 = getBase58Decoder()
  return {
    transactionBytes: Buffer.from(base64, 'base64').length,
    messageSha256: createHash('sha256').update(messageBytes).digest('hex'),
    messageBase64: Buffer.from(messageBytes).toString('base64'),
    // The account paying the network's fee comes first; the token's owner ("authority") is the other one that signs.
    feePayer: staticAccounts[0],
    payer: payer.address,
    signers: staticAccounts.slice(0, header.numSignerAccounts),
    signatures: Object.fromEntries(
      Object.entries(signatures).map(([address, bytes]) => [address, bytes ? base58.decode(bytes) : null]),
    ),
    staticAccounts,
    recentBlockhash: message.lifetimeToken,
    instructions: message.instructions.map(({ programAddressIndex, accountIndices = [], data = new Uint8Array() }) => ({
      program: staticAccounts[programAddressIndex],
      accounts: accountIndices.map((index) => staticAccounts[index]),
      dataHex: Buffer.from(data).toString('hex'),
    })),
  }
}
