package io.farebox.chain;

import io.farebox.x402.Network;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Authorizations that another implementation signed for seven real tokens. The key is a published test key. */
record Vectors(String privateKey, String address, Authorization authorization, List<Row> rows) {
    record Authorization(String from, String to, String value, String validAfter, String validBefore, String nonce) {}

    record Row(
            String network,
            String asset,
            String domainName,
            String domainVersion,
            String domainSeparator,
            String digest,
            String signature) {
        PaymentRequirements requirements() {
            return Vectors.requirements(network, asset, domainName, domainVersion);
        }

        @Override
        public String toString() {
            return network;
        }
    }

    static Vectors read() {
        try (InputStream json = Vectors.class.getResourceAsStream("/generated-eip3009.json")) {
            return JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build()
                    .readValue(Objects.requireNonNull(json), Vectors.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Row> allRows() {
        return read().rows();
    }

    static PaymentRequirements requirements(String network, String asset, String name, String version) {
        return new PaymentRequirements(
                "exact",
                new Network(network),
                BigInteger.valueOf(10_000),
                asset,
                "0x209693Bc6afc0C5328bA36FaF03C514EF312287C",
                60,
                Map.of("name", name, "version", version));
    }

    /** The payload of a row. */
    SchemePayload.Eip3009 payload(Row row) {
        return payload(row.signature());
    }

    SchemePayload.Eip3009 payload(String signature) {
        return new SchemePayload.Eip3009(
                signature,
                authorization.from(),
                authorization.to(),
                new BigInteger(authorization.value()),
                new BigInteger(authorization.validAfter()),
                new BigInteger(authorization.validBefore()),
                authorization.nonce());
    }

    static PaymentPayload payment(SchemePayload payload, PaymentRequirements terms) {
        return new PaymentPayload(2, "exact", terms.network(), terms, payload, null, Map.of());
    }
}
