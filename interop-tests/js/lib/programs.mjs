import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** Starts another script of this folder and resolves with its first line. `stop` ends it and waits for that. */
export function started(script, environment) {
  return new Promise((ready, failed) => {
    const child = spawn(process.execPath, [fileURLToPath(new URL(`../${script}`, import.meta.url))], {
      env: { ...process.env, ...environment },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const ended = new Promise((done) => child.on('exit', done))
    const stop = () => (child.kill('SIGTERM'), ended)
    ended.then((code) => failed(new Error(`${script} ended with ${code} before it was ready`)))
    createInterface({ input: child.stdout }).once('line', (line) => ready({ ...JSON.parse(line), stop }))
  })
}
