package io.farebox.pricing;

import static io.farebox.pricing.Key.any;
import static io.farebox.pricing.Key.choice;
import static io.farebox.pricing.Key.flag;
import static io.farebox.pricing.Key.later;
import static io.farebox.pricing.Key.listOf;
import static io.farebox.pricing.Key.money;
import static io.farebox.pricing.Key.number;
import static io.farebox.pricing.Key.of;
import static io.farebox.pricing.Key.secret;
import static io.farebox.pricing.Key.section;
import static io.farebox.pricing.Key.span;
import static io.farebox.pricing.Key.tableOf;
import static io.farebox.pricing.Key.text;
import static io.farebox.pricing.Key.url;

import java.util.List;

/** The configuration tree: every key there is. */
final class Keys {
    static final Shape.Section PRICE_RULE = section(
            of("query", tableOf(text()), "Query parameters and the values they must have.")
                    .like("{ depth: full }"),
            of("header", tableOf(text()), "Request headers and the values they must have.")
                    .like("{ X-Tier: gold }"),
            of("price", money(), "The price of a request that meets all of these conditions.")
                    .like("\"$0.05\"")
                    .must());

    static final Shape.Section PRICES = section(
            of("default", money(), "The price of a request that meets no rule.")
                    .like("\"$0.01\"")
                    .must(),
            of("rules", listOf(PRICE_RULE), "Other prices by query and header; the dearest that applies holds.")
                    .like("[{ query: { depth: full }, price: \"$0.05\" }]")
                    .must());

    static final Shape PRICE = new Shape.Either(money(), PRICES);

    static final Shape FLOW = new Shape.Value(
            new Shape.Kind.Choice(List.of("authorization", "upfront", "deferred"), List.of("deferred")), false);

    static final Shape.Section PARAMETERS = section(
            of("example", any(), "Names and values of a request that works.").like("{ city: oslo }"),
            of("schema", any(), "JSON Schema of them.").like("{ properties: { city: { type: string } } }"));

    static final Shape.Section BODY = section(
            of("type", choice("json", "form-data", "text"), "How the body is written.")
                    .or("json")
                    .like("form-data"),
            of("example", any(), "A body that works.").like("{ query: rain }").must(),
            of("schema", any(), "JSON Schema of the body.").like("{ properties: { query: { type: string } } }"));

    static final Shape.Section OUTPUT = section(
            of("example", any(), "An answer.").like("{ celsius: 21 }"),
            of("schema", any(), "JSON Schema of the answer.").like("{ properties: { celsius: { type: number } } }"));

    static final Shape.Section DISCOVERY = section(
            of("enabled", flag(), "false keeps the route out of catalogues and of the manifest.")
                    .or("true")
                    .like("false"),
            of(
                    "input",
                    section(
                            of("path", PARAMETERS, "What varies in the path, by the names in the match; var1 for a *."),
                            of("query", PARAMETERS, "Query parameters."),
                            of("body", BODY, "The request body, for POST, PUT and PATCH.")),
                    "How the route is called."),
            of("output", OUTPUT, "What it answers."));

    static final Shape.Section ROUTE = section(
            of(
                            "id",
                            text(),
                            "Names the route in reports, meters and the book: letters, digits, dots, hyphens, underscores.")
                    .like("exploits")
                    .must(),
            of(
                            "match",
                            text(),
                            "\"METHOD /path\", or \"/path\" for every method. Segments: literal, {name}, *, ** at the end.")
                    .like("\"GET /protocols/{id}/risk-score\"")
                    .must(),
            of("price", PRICE, "What a request costs, with its unit, or a default and rules.")
                    .like("\"$0.01\""),
            of("free", flag(), "Nothing to pay. A route is either free or has a price.")
                    .or("false")
                    .like("true"),
            of(
                            "free-for",
                            choice("authenticated"),
                            "Callers that the application has authenticated pass without paying.")
                    .like("authenticated"),
            of("accept", listOf(text()), "Assets of this route, instead of those at the root.")
                    .like("[base/USDC]"),
            of("pay-to", tableOf(text()), "Who is paid for this route, instead of the root's pay-to.")
                    .like("{ eip155: \"0x1E4b6e5c8e3f4B0DB5b4bC0b4B2D9A5C6e7f8091\" }"),
            of("facilitators", listOf(text()), "Ids of the facilitators of this route, in order.")
                    .or("all enabled ones")
                    .like("[payai]"),
            of("description", text(), "For people, in the challenge; at most 500 characters.")
                    .like("Real-time exploit feed"),
            of("mime-type", text(), "Media type of the answer, in the challenge.")
                    .like("application/json"),
            of("discovery", DISCOVERY, "What catalogues are told of the route; at most 2560 characters as JSON.")
                    .like("{ output: { example: { celsius: 21 } } }"),
            of("flow", FLOW, "When settlement happens: after the resource has answered, or before it runs.")
                    .or("authorization")
                    .like("upfront"),
            of("timeout", span(), "How long the resource may take.").or("30s").like("300s"),
            of("charge-below", number(200, 600), "Answers with a status below this are charged.")
                    .or("400")
                    .like("500"),
            of("verify", choice("remote", "local"), "Whether a complete local check replaces the facilitator's verify.")
                    .or("as its facilitators say")
                    .like("local"));

    static final Shape.Section AUTH = section(
            of("type", choice("none", "bearer", "cdp"), "How we identify ourselves.")
                    .or("none")
                    .like("bearer"),
            of("value", secret(), "The bearer credential, for type bearer.").like("\"${FACILITATOR_KEY}\""),
            of("key-id", secret(), "The key's id, for type cdp.").like("\"${CDP_ID}\""),
            of("key-secret", secret(), "The key, for type cdp.").like("\"${CDP_SECRET}\""));

    static final Shape.Section SERVE = section(
            of("port", number(1, 65_535), "The port.").like("9403").must(),
            of("address", text(), "The address of this machine that it listens on.")
                    .or("127.0.0.1")
                    .like("0.0.0.0"),
            of("credential", secret(), "What callers send as Authorization: Bearer; needed beyond loopback.")
                    .like("\"${FACILITATOR_CREDENTIAL}\""));

    static final Shape.Section OWN_CHAIN = section(
            of(
                            "key-file",
                            text(),
                            "File with the private key of the account that pays the gas; readable by its owner only.")
                    .like("/run/secrets/farebox-key")
                    .must(),
            later("keystore", "An encrypted key."),
            later("kms", "A key that never leaves a service."),
            of("max-fee", text(), "Most that is paid for a unit of gas.")
                    .or("100 gwei")
                    .like("5 gwei"),
            of("daily-budget", text(), "Most that is spent on gas in 24 hours on each network, in its coin.")
                    .or("no limit")
                    .like("\"0.05\""),
            of("batch", number(1, 200), "Most payments in one transaction.")
                    .or("50")
                    .like("1"),
            of("serve", SERVE, "Serves it to others, on a port of its own: /verify, /settle, /supported.")
                    .or("nobody")
                    .like("{ port: 9403 }"));

    static final Shape.Section FACILITATOR = section(
            of("id", text(), "Names the facilitator in reports and in routes.")
                    .like("payai")
                    .must(),
            of(
                            "type",
                            choice("remote", "dev"),
                            "dev is a facilitator in this process for the chain eip155:31337; no money moves.")
                    .or("remote")
                    .like("dev"),
            of("url", url(), "Where it answers: https, or http on loopback. Not for type dev.")
                    .like("https://facilitator.payai.network"),
            of(
                            "chain",
                            OWN_CHAIN,
                            "Instead of url: a facilitator in this process that settles with an account of yours, where networks name"
                                    + " rpc URLs.")
                    .like("{ key-file: /run/secrets/farebox-key }"),
            of("enabled", flag(), "false switches it off.").or("true").like("false"),
            of("auth", AUTH, "How we identify ourselves to it.").like("{ type: bearer, value: \"${KEY}\" }"),
            of("verify", choice("remote", "local"), "Whether a complete local check replaces its verify.")
                    .or("remote")
                    .like("local"),
            of("connect-timeout", span(), "How long a connection may take.")
                    .or("2s")
                    .like("1s"),
            of("verify-timeout", span(), "How long a verify may take.")
                    .or("10s")
                    .like("5s"),
            of("settle-timeout", span(), "How long a settle may take.")
                    .or("30s")
                    .like("60s"));

    static final Shape.Section NETWORK = section(
            of("rpc", listOf(secret()), "JSON-RPC nodes to ask, in order: https, or http on loopback. Never printed.")
                    .like("[\"${BASE_RPC}\"]"),
            of(
                            "confirmations",
                            number(1, 10_000),
                            "Blocks after which a transfer counts as final; on Solana 32 stands for its own finality.")
                    .or("6, on Solana 32")
                    .like("12"),
            of("v1-name", text(), "The network's name in x402 version 1.").like("anvil"),
            of("testnet", flag(), "Whether its money is worth nothing.")
                    .or("as built in, else false")
                    .like("true"));

    static final Shape.Section ASSET = section(
            of("network", text(), "Network by v1 name or CAIP-2 identifier.")
                    .like("\"eip155:31337\"")
                    .must(),
            of("symbol", text(), "What accept and prices call it.").like("USDC").must(),
            of("address", text(), "The contract or mint, spelled as published.")
                    .like("\"0xfA4eb00000000000000000000000000000031337\"")
                    .must(),
            of("decimals", number(0, 36), "Digits after the point of one whole unit.")
                    .like("6")
                    .must(),
            of("name", text(), "name of its EIP-712 domain; EVM only.").like("USDC"),
            of("version", text(), "version of its EIP-712 domain; EVM only.").like("\"2\""),
            of("usd", flag(), "Whether one unit is one US dollar, so that prices in $ apply.")
                    .or("true for the symbols of the built-in dollar assets")
                    .like("true"));

    static final Shape.Section TRANSFER = section(
            of("enabled", flag(), "Whether transfers are taken. Every network of the routes then needs an rpc.")
                    .or("false")
                    .like("true"),
            of("max-age", span(), "How old a transfer may be when it is first shown; at most 1d.")
                    .or("1h")
                    .like("30m"),
            of(
                            "min",
                            money(),
                            "The smallest transfer that is taken. What is over a price stays on the payer's balance.")
                    .like("\"$0.10\"")
                    .must(),
            of(
                            "payer-proof",
                            choice("required", "none"),
                            "none serves whoever shows a hash first, also one that he read from the chain.")
                    .or("required")
                    .like("required"));

    static final Shape.Section TOKEN = section(
            of("enabled", flag(), "Whether tokens are given out and taken.")
                    .or("false")
                    .like("true"),
            of("ttl", span(), "How long the token of a balance is good for; 1m to 366d.")
                    .or("24h")
                    .like("7d"),
            of("routes", listOf(text()), "Ids of the routes that the token of a balance pays for.")
                    .or("all that accept what is on it")
                    .like("[exploits]"));

    static final Shape.Section BUNDLE = section(
            of("id", text(), "Names the bundle, in its path too: lower-case letters, digits, hyphens; at most 40.")
                    .like("ten")
                    .must(),
            of("price", money(), "What it costs, with its unit.")
                    .like("\"$0.08\"")
                    .must(),
            of("requests", number(1, 1_000_000), "How many requests it holds.")
                    .like("10")
                    .must(),
            of("routes", listOf(text()), "Ids of the routes that they can be made to, whatever a request there costs.")
                    .like("[exploits]")
                    .must(),
            of("ttl", span(), "How long its token is good for; 1m to 366d.")
                    .or("30d")
                    .like("7d"),
            of("description", text(), "For people, in the challenge; at most 500 characters.")
                    .or("its requests and routes")
                    .like("Ten looks at the feed"));

    static final Shape.Section ROOT = section(
            of("public-url", url(), "Where clients reach the service; resource URLs are made from it, never from Host.")
                    .like("https://api.example.com")
                    .must(),
            of(
                            "mode",
                            choice("enforce", "observe", "off"),
                            "observe counts what would be charged and passes everything.")
                    .or("enforce")
                    .like("observe"),
            of(
                    "upstream",
                    section(of("url", url(), "Where the gateway passes requests on to. The filter ignores it.")
                            .like("http://127.0.0.1:8080")
                            .must()),
                    "The API behind the gateway."),
            of("pay-to", tableOf(text()), "Who is paid, by namespace: eip155 and solana.")
                    .like("{ eip155: \"0x1E4b6e5c8e3f4B0DB5b4bC0b4B2D9A5C6e7f8091\" }"),
            of("accept", listOf(text()), "network/asset pairs in order of preference; networks by v1 name or CAIP-2.")
                    .like("[base/USDC, solana/USDC]"),
            of("facilitators", listOf(FACILITATOR), "Who verifies and settles, in order of priority.")
                    .like("[{ id: payai, url: https://facilitator.payai.network }]"),
            of("networks", tableOf(NETWORK), "Settings of networks, by v1 name or CAIP-2 identifier.")
                    .like("{ base: { rpc: [\"${BASE_RPC}\"] } }"),
            of("assets", listOf(ASSET), "Assets that are not built in, or differ from what is built in."),
            of("secret", secret(), "Signs offers, challenges and assertions; at least 16 characters.")
                    .or("generated and kept beside an H2 book")
                    .like("\"${FAREBOX_SECRET}\""),
            of(
                    "cors",
                    section(of("origins", listOf(text()), "Origins whose pages may pay.")
                            .or("none")
                            .like("[\"https://app.example.com\"]")),
                    "For pages in browsers."),
            of(
                    "book",
                    section(
                            of(
                                            "url",
                                            secret(),
                                            "jdbc:h2:… for one process, jdbc:postgresql:… for several. Never printed.")
                                    .or("jdbc:h2:file:./data/farebox")
                                    .like("\"jdbc:h2:file:./data/farebox\""),
                            of("retention", span(), "How long finished payments are kept; at least 2d.")
                                    .or("400d")
                                    .like("800d"),
                            of(
                                            "unpaid-retention",
                                            span(),
                                            "How long payments that were never charged are kept; at least 2d.")
                                    .or("30d")
                                    .like("7d")),
                    "Where payments are written down."),
            of(
                    "claims",
                    section(
                            of(
                                            "url",
                                            secret(),
                                            "redis://…, rediss://… (TLS), redis-sentinel://…#MASTER or redis-cluster://…. Never printed.")
                                    .must()
                                    .like("\"rediss://:${REDIS_PASSWORD}@redis.example.com:6379\""),
                            of("prefix", text(), "Begins every key; differs between environments that share a Redis.")
                                    .or("farebox")
                                    .like("farebox-staging")),
                    "Keeps new claims in Redis instead of in the book."),
            of("unmatched", choice("pass", "refuse"), "What happens to requests that no route speaks of.")
                    .or("pass")
                    .like("refuse"),
            of(
                    "v1",
                    section(of("networks", listOf(text()), "Networks that may stand in a version 1 body.")
                            .or("those that clients from 0.6.6 on know")
                            .like("[base, base-sepolia]")),
                    "For clients of x402 version 1."),
            of(
                    "discovery",
                    section(of("manifest", flag(), "Whether /.well-known/x402 lists what is for sale.")
                            .or("false")
                            .like("true")),
                    "For directories and agents."),
            of("settle-wait", span(), "How long an unknown settlement is asked for before the client gets 503.")
                    .or("20s")
                    .like("5s"),
            of("routes", listOf(ROUTE), "What costs how much. The most specific route wins, whatever the order.")
                    .like("[{ id: health, match: \"/health\", free: true }]")
                    .must(),
            of(
                    "rails",
                    section(
                            of("transfer", TRANSFER, "Transfers that payers make by themselves (X-PAYMENT-TX).")
                                    .like("{ enabled: true, min: \"$0.10\" }"),
                            of("token", TOKEN, "Prepaid credentials (X-PAYMENT-TOKEN).")
                                    .like("{ enabled: true }")),
                    "Other ways to pay."),
            of(
                            "bundles",
                            listOf(BUNDLE),
                            "Requests that are sold together, at POST /.farebox/bundles/ID. Needs rails.token.")
                    .like("[{ id: ten, price: \"$0.08\", requests: 10, routes: [exploits] }]"),
            later("analytics", "Reports and retention."),
            of(
                    "admin",
                    section(
                            of("viewer", secret(), "Credential that reads what operators read; at least 24 characters.")
                                    .like("\"${FAREBOX_VIEWER}\""),
                            of(
                                            "operator",
                                            secret(),
                                            "Credential that also decides about payments; at least 24 characters.")
                                    .like("\"${FAREBOX_OPERATOR}\"")),
                    "The operator's API on the management port. Without it there is none."));

    private Keys() {}
}
