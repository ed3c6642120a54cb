package io.farebox.probe.corpus;

import io.farebox.gate.Header;
import java.util.List;

/** Headers that claim to come from a proxy, from the gate itself, or from a payer. None of them is a payment. */
final class ForgedHeaders {
    private static final String STRANGER = FormShapes.STRANGER;
    private static final String PAYER = "0x0000000000000000000000000000000000000001";
    private static final List<String> PAYMENTS = List.of(
            "X-PAYMENT", "PAYMENT-SIGNATURE", "X-PAYMENT-TX", "X-PAYMENT-TOKEN", "X-PAYMENT-PROOF", "X-PAYMENT-CHAIN");
    /** Base64 of null, [], {}, true, "x", an empty v1 and an empty v2 payment, and text that is no Base64. */
    private static final List<String> NO_PAYMENTS = List.of(
            "",
            " ",
            "x",
            "true",
            "null",
            "paid",
            "0",
            "bnVsbA==",
            "W10=",
            "e30=",
            "dHJ1ZQ==",
            "Ingi",
            "eyJ4NDAyVmVyc2lvbiI6MX0=",
            "eyJ4NDAyVmVyc2lvbiI6Mn0=",
            "%%%",
            "AAAA",
            "\u00ff\u00fe");

    private static final List<String> NETWORKS = List.of("127.0.0.1", "::1", "10.0.0.1", "localhost", "unknown", "*");
    private static final List<String> ORIGINS = List.of(
            "X-Forwarded-For",
            "X-Real-IP",
            "X-Client-IP",
            "True-Client-IP",
            "CF-Connecting-IP",
            "X-Originating-IP",
            "X-Remote-Addr",
            "X-Forwarded",
            "Client-IP",
            "X-Cluster-Client-IP",
            "X-ProxyUser-Ip",
            "Via");
    private static final List<String> FORGED = List.of(
            "X-Farebox-Payer",
            "X-Farebox-Route",
            "X-Farebox-Payment-Id",
            "X-Farebox-Amount",
            "X-Farebox-Asset",
            "X-Farebox-Network",
            "X-Farebox-Assertion",
            "X-Farebox-Free",
            "X-Farebox-Mode",
            "x-farebox-payer",
            "X_Farebox_Payer",
            "PAYMENT-RESPONSE",
            "X-PAYMENT-RESPONSE",
            "PAYMENT-REQUIRED",
            "Settlement-Overrides",
            "X-Payment-Facilitator",
            "X-Paid",
            "X-402-Paid",
            "X-Internal",
            "X-Authenticated-User",
            "Remote-User",
            "X-Forwarded-User");

    private ForgedHeaders() {}

    static void add(Trials trials) {
        forwarded(trials);
        hosts(trials);
        for (String name : FORGED) {
            for (String value : List.of(PAYER, "true", "free", "")) {
                trials.headers(Shape.FAREBOX_HEADERS, new Header(name, value));
            }
        }
        for (String name : PAYMENTS) {
            for (String value : NO_PAYMENTS) trials.headers(Shape.PAYMENT_HEADERS, new Header(name, value));
            trials.headers(Shape.PAYMENT_HEADERS, new Header(name, ""), new Header(name, ""));
            trials.headers(Shape.PAYMENT_HEADERS, new Header(name, "x"), new Header("X-PAYMENT", "x"));
        }
        connections(trials);
    }

    private static void forwarded(Trials trials) {
        Shape shape = Shape.FORWARDED_HEADERS;
        for (String name : ORIGINS) for (String from : NETWORKS) trials.headers(shape, new Header(name, from));
        for (String name : List.of(
                "X-Forwarded-Host", "X-Host", "X-Forwarded-Server", "X-HTTP-Host-Override", "X-Original-Host")) {
            for (String host : List.of(STRANGER, "localhost", "127.0.0.1", "", STRANGER + ", x")) {
                trials.headers(shape, new Header(name, host));
            }
        }
        for (String value : List.of(
                "for=127.0.0.1", "host=" + STRANGER, "proto=https;host=localhost", "for=\"[::1]\";by=_x", ";", "=")) {
            trials.headers(shape, new Header("Forwarded", value));
        }
        for (String scheme : List.of("https", "http", "ftp", ""))
            trials.headers(shape, new Header("X-Forwarded-Proto", scheme));
        for (String port : List.of("443", "0", "-1", "x")) trials.headers(shape, new Header("X-Forwarded-Port", port));
    }

    private static void hosts(Trials trials) {
        Aim aim = trials.aim;
        for (String host : List.of(
                STRANGER, aim.authority(), "localhost", "", aim.authority() + ".", STRANGER + ":1", "a@b", "/", " ")) {
            trials.headers(Shape.HOSTS, new Header("Host", host));
            for (String entrance : aim.entrances()) {
                trials.headers(Shape.HOSTS, aim.method(), entrance, new Header("Host", host + aim.path()));
            }
        }
        for (String host : List.of(STRANGER, "localhost", "")) {
            trials.all()
                    .add(new Trial(
                            Shape.HOSTS,
                            aim.id(),
                            aim.method(),
                            aim.path(),
                            List.of(new Header("Host", host)),
                            Trial.USUAL_VERSION,
                            false));
        }
    }

    private static void connections(Trials trials) {
        for (String name : List.of(
                "X-PAYMENT",
                "PAYMENT-SIGNATURE",
                "Host",
                "X-Farebox-Route",
                "Authorization",
                "X-Forwarded-For",
                "close, X-PAYMENT",
                "TE")) {
            trials.headers(Shape.HOP_BY_HOP, new Header("Connection", name));
            trials.headers(Shape.HOP_BY_HOP, new Header("Connection", name), new Header("X-PAYMENT", "x"));
            trials.headers(Shape.HOP_BY_HOP, new Header("Proxy-Connection", name));
        }
        for (String name : List.of(
                "Keep-Alive",
                "TE",
                "Trailer",
                "Proxy-Authorization",
                "Max-Forwards",
                "Expect",
                "Range",
                "If-None-Match")) {
            for (String value : List.of("0", "trailers", "bytes=0-1", "*", "X-PAYMENT")) {
                trials.headers(Shape.HOP_BY_HOP, new Header(name, value));
            }
        }
        Header switching = new Header("Connection", "Upgrade");
        Header settings = new Header("HTTP2-Settings", "AAMAAABkAARAAAAAAAIAAAAA");
        trials.headers(
                Shape.UPGRADES,
                new Header("Connection", "Upgrade, HTTP2-Settings"),
                new Header("Upgrade", "h2c"),
                settings);
        trials.headers(Shape.UPGRADES, switching, new Header("Upgrade", "h2c"), settings);
        trials.headers(
                Shape.UPGRADES,
                switching,
                new Header("Upgrade", "websocket"),
                new Header("Sec-WebSocket-Version", "13"),
                new Header("Sec-WebSocket-Key", "ZmFyZWJveC1wcm9iZS0xMg=="));
        for (String other : List.of("TLS/1.0", "HTTP/2.0", "connect-ip", "x")) {
            trials.headers(Shape.UPGRADES, switching, new Header("Upgrade", other));
        }
    }
}
