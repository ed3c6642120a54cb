// An API that is not Java: what the gateway stands in front of.
// Environment: PORT (0 = any free). Output: one JSON line {ready, url} when it listens.
// GET /runs tells how often anything else was asked for, and what was said of the last payer.
import { createServer } from 'node:http'
import { untilStopped } from './lib/lifetime.mjs'
import { say, setting } from './lib/say.mjs'

let runs = 0
let payer = null

const server = createServer((request, response) => {
  response.setHeader('Content-Type', 'application/json')
  if (request.url === '/runs') return response.end(JSON.stringify({ runs, payer }))
  runs += 1
  payer = request.headers['x-farebox-payer'] ?? null
  response.end(JSON.stringify({ celsius: 21 }))
})

server.listen(Number(setting('PORT', '0')), '127.0.0.1', () =>
  say({ ready: true, url: `http://127.0.0.1:${server.address().port}` }),
)
untilStopped(() => {
  server.closeAllConnections()
  return new Promise((done) => server.close(done))
})
