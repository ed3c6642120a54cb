/** How the same signed transfer is put to a facilitator of either version: {x402Version, paymentPayload, paymentRequirements}. */
export const dialects = {
  v1: ({ network, payTo, amount, payload, terms = {}, claimed = {} }) => ({
    x402Version: 1,
    paymentPayload: { x402Version: 1, scheme: 'exact', network: network.v1, payload, ...claimed },
    paymentRequirements: {
      scheme: 'exact',
      network: network.v1,
      maxAmountRequired: amount,
      asset: network.asset,
      payTo,
      resource: 'http://127.0.0.1/observed',
      description: '',
      mimeType: '',
      maxTimeoutSeconds: 60,
      extra: network.domain,
      ...terms,
    },
  }),
  v2: ({ network, payTo, amount, payload, terms = {}, claimed = {} }) => {
    const paymentRequirements = {
      scheme: 'exact',
      network: network.caip2,
      amount,
      asset: network.asset,
      payTo,
      maxTimeoutSeconds: 60,
      extra: network.domain,
      ...terms,
    }
    const resource = { url: 'http://127.0.0.1/observed' }
    return {
      x402Version: 2,
      paymentPayload: { x402Version: 2, resource, accepted: { ...paymentRequirements, ...claimed }, payload },
      paymentRequirements,
    }
  },
}
