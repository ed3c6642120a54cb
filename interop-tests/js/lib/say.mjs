// The contract of all scripts here: results are JSON lines on stdout, everything for people goes to stderr.
export function say(result) {
  process.stdout.write(JSON.stringify(result, (_, value) => (typeof value === 'bigint' ? value.toString() : value)) + '\n')
}

export function stop(message) {
  console.error(message)
  process.exit(1)
}

export function setting(name, fallback) {
  const value = process.env[name]
  if (value !== undefined && value !== '') return value
  if (fallback === undefined) stop(`${name} must be set`)
  return fallback
}
