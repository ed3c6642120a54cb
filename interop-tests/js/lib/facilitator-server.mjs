import { createServer } from 'node:http'
import { untilStopped } from './lifetime.mjs'
import { say, setting } from './say.mjs'

/**
 * The HTTP side of a facilitator. `errorStatus` and `errorText` say what the reference server answers when the library
 * throws instead of answering; everything else is 200, as there. `refuseIncomplete`: whether it looks for both objects
 * itself. `catalogue`: what it has learned of resources, if it keeps a catalogue.
 */
export function serveFacilitator({ name, supported, verify, settle, catalogue, errorStatus, errorText, refuseIncomplete }) {
  const jobs = { '/verify': verify, '/settle': settle }
  const server = createServer(async (request, response) => {
    const path = request.url.split('?')[0]
    const answer = (status, body) => {
      console.error(`${name} ${request.method} ${path} ${status} ${JSON.stringify(body).slice(0, 300)}`)
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    if (request.method === 'GET' && path === '/supported') return answer(200, supported())
    if (request.method === 'GET' && path === '/discovery/resources' && catalogue) return answer(200, catalogue())
    if (request.method !== 'POST' || !jobs[path]) return answer(404, { error: 'Not found' })
    try {
      const { paymentPayload, paymentRequirements } = JSON.parse(await textOf(request))
      if (refuseIncomplete && !(paymentPayload && paymentRequirements))
        return answer(400, { error: 'Missing paymentPayload or paymentRequirements' })
      answer(200, await jobs[path](paymentPayload, paymentRequirements))
    } catch (error) {
      answer(errorStatus, { error: errorText(error, path) })
    }
  })
  server.listen(Number(setting('PORT', '0')), '127.0.0.1', () =>
    say({ ready: true, url: `http://127.0.0.1:${server.address().port}`, ...supported() }),
  )
  untilStopped(() => {
    server.closeAllConnections()
    return new Promise((done) => server.close(done))
  })
}

async function textOf(request) {
  const parts = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}
