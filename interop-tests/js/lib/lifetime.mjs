import { fstatSync } from 'node:fs'

/**
 * Runs `close` once, on SIGTERM, SIGINT or when the parent closes its end of our standard input (which the system does
 * for it if the parent dies). A terminal or /dev/null as input says nothing about a parent and is left alone.
 */
export function untilStopped(close) {
  let closing = false
  const end = async (why) => {
    if (closing) return
    closing = true
    console.error(`stopping: ${why}`)
    try {
      await close()
    } finally {
      process.exit(0)
    }
  }
  process.on('SIGTERM', () => end('SIGTERM'))
  process.on('SIGINT', () => end('SIGINT'))
  const input = fstatSync(0)
  if (input.isFIFO() || input.isSocket()) {
    process.stdin.on('end', () => end('standard input was closed'))
    process.stdin.on('error', () => end('standard input broke'))
    process.stdin.resume()
  }
}
