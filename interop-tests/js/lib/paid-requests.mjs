import { say, setting } from './say.mjs'

const sentFamily = ['x-payment', 'payment-signature', 'authorization', 'sign-in-with-x', 'accept-payment']
const answeredFamily = ['payment-required', 'www-authenticate', 'retry-after']
const receipts = ['payment-response', 'x-payment-response', 'payment-receipt']

/**
 * Makes COUNT paid requests and prints a line for each. `payingFetch(fetch)` returns the library's own fetch over the
 * one given, which only watches; it is called anew for every attempt, so no state of the library is carried over.
 */
export async function makePaidRequests(payingFetch) {
  const count = Number(setting('COUNT', '1'))
  const rows = Number(setting('CONCURRENCY', '1'))
  let next = 0
  const row = async () => {
    while (next < count) {
      const number = next++
      say({ number, ...(await paidRequest(payingFetch)) })
    }
  }
  await Promise.all(Array.from({ length: Math.min(rows, count) }, row))
}

/** A naive caller: whatever goes wrong, it waits and starts all over, and that signs a new payment. */
async function paidRequest(payingFetch) {
  const retries = Number(setting('RETRIES', '0'))
  const delay = Number(setting('RETRY_DELAY_MS', '500'))
  const requests = []
  for (let attempt = 0; ; attempt++) {
    const outcome = await attemptOnce(payingFetch, (request) => requests.push({ attempt, ...request }))
    if (outcome.ok || attempt >= retries) return { ...outcome, attempts: attempt + 1, requests }
    console.error(`attempt ${attempt}: ${outcome.status ?? outcome.error}`)
    await new Promise((resume) => setTimeout(resume, delay))
  }
}

async function attemptOnce(payingFetch, record) {
  try {
    const response = await payingFetch(watched(record))(setting('URL'), requestInit())
    const text = await response.text()
    return { status: response.status, ok: response.ok, receiptHeader: receiptOf(response), body: text.slice(0, 2000), error: null }
  } catch (error) {
    return { status: null, ok: false, receiptHeader: null, body: null, error: String(error?.cause ? `${error} (${error.cause})` : error) }
  }
}

function requestInit() {
  const body = setting('BODY', '')
  return {
    method: setting('METHOD', 'GET'),
    headers: JSON.parse(setting('HEADERS', '{}')),
    ...(body && { body }),
  }
}

/** The platform's fetch, with a note of every exchange the library makes. */
function watched(record) {
  return async (input, init) => {
    const sent = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined))
    const request = { method: init?.method ?? input.method ?? 'GET', headers: pick(sent, sentFamily) }
    try {
      const response = await fetch(input, init)
      record({ ...request, status: response.status, answered: pick(response.headers, [...answeredFamily, ...receipts]) })
      return response
    } catch (error) {
      record({ ...request, status: null, error: String(error?.cause ?? error) })
      throw error
    }
  }
}

function pick(headers, names) {
  return Object.fromEntries(names.filter((name) => headers.has(name)).map((name) => [name, headers.get(name)]))
}

function receiptOf(response) {
  const name = receipts.find((receipt) => response.headers.has(receipt))
  if (!name) return null
  const raw = response.headers.get(name)
  try {
    // Buffer reads both alphabets of Base64: x402 uses the plain one, Payment-Receipt the one for addresses.
    return { name, value: JSON.parse(Buffer.from(raw, 'base64').toString('utf8')), raw }
  } catch {
    return { name, value: null, raw }
  }
}
