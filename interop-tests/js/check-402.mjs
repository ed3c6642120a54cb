// Checks a 402 against the schemas of the reference packages. Standard input: JSON {status, headers, body}; headers as
// {name: value or [values]}, body as text or as JSON.
// Output: one JSON line {v1: {ok, errors, entries, discoverable}, v2: {ok, errors, entries, discoverable}}, where discoverable counts
// entries and resources that a facilitator could list; exits with 0 also when the 402 is faulty.
import { decodePaymentRequiredHeader } from '@x402/core/http'
import { PaymentRequiredV2Schema } from '@x402/core/schemas'
import { isDiscoverableV1, validateDiscoveryExtension, validateDiscoveryExtensionSpec } from '@x402/extensions/bazaar'
import { PaymentRequirementsSchema } from 'x402/types'
import { say, stop } from './lib/say.mjs'

const parts = []
for await (const part of process.stdin) parts.push(part)
const answer = JSON.parse(Buffer.concat(parts).toString('utf8'))
if (!answer || typeof answer !== 'object') stop('expected {status, headers, body} on standard input')

const status = answer.status === 402 ? [] : [`status is ${answer.status}, not 402`]
say({ v1: checkBody(answer.body), v2: checkHeader(answer.headers ?? {}) })

/** x402-fetch parses every entry with this schema and gives up at the first that fails. */
function checkBody(body) {
  const errors = [...status]
  let json = body
  if (typeof body === 'string')
    try {
      json = JSON.parse(body)
    } catch (error) {
      return { ok: false, errors: [...errors, `body is not JSON: ${error.message}`], entries: 0 }
    }
  if (json?.x402Version !== 1) errors.push(`x402Version is ${JSON.stringify(json?.x402Version)}, not 1`)
  // Not looked at by the TypeScript client, but the Python one cannot do without.
  if (typeof json?.error !== 'string') errors.push('error is not a string')
  const accepts = json?.accepts
  if (!Array.isArray(accepts)) return { ok: false, errors: [...errors, 'accepts is not an array'], entries: 0 }
  accepts.forEach((entry, index) => errors.push(...problems(PaymentRequirementsSchema, entry, `accepts[${index}]`)))
  return { ok: errors.length === 0, errors, entries: accepts.length, discoverable: accepts.filter(isDiscoverableV1).length }
}

function checkHeader(headers) {
  const errors = [...status]
  const values = Object.entries(headers)
    .filter(([name]) => name.toLowerCase() === 'payment-required')
    .flatMap(([, value]) => value)
  if (values.length !== 1) return { ok: false, errors: [...errors, `${values.length} PAYMENT-REQUIRED headers`], entries: 0 }
  let required
  try {
    required = decodePaymentRequiredHeader(values[0])
  } catch (error) {
    return { ok: false, errors: [...errors, `PAYMENT-REQUIRED cannot be decoded: ${error.message}`], entries: 0 }
  }
  errors.push(...problems(PaymentRequiredV2Schema, required, 'PAYMENT-REQUIRED'))
  const bazaar = required?.extensions?.bazaar
  if (bazaar)
    for (const check of [validateDiscoveryExtensionSpec, validateDiscoveryExtension])
      errors.push(...(check(bazaar).errors ?? []).map((error) => `extensions.bazaar: ${error}`))
  return { ok: errors.length === 0, errors, entries: required?.accepts?.length ?? 0, discoverable: bazaar ? 1 : 0 }
}

function problems(schema, value, where) {
  const result = schema.safeParse(value)
  return result.success ? [] : result.error.issues.map(({ path, message }) => `${[where, ...path].join('.')}: ${message}`)
}
