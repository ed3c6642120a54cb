package io.farebox.benchmarks.load;

import java.util.List;

/** The downloads of {@link BigDownloads} through a gateway with {@code -Xmx256m}; upstream and facilitator are elsewhere. */
public final class GatewayDownloads {
    private GatewayDownloads() {}

    /** @param args how many downloads (50) */
    public static void main(String[] args) throws Exception {
        int downloads = args.length > 0 ? Integer.parseInt(args[0]) : 50;
        try (Child outside = Child.start("outside")) {
            String port = Integer.toString(outside.port());
            try (Child gateway = Child.start(List.of("gateway", port, port), "-Xmx256m")) {
                new BigDownloads(downloads, GatewayPrices.PUBLIC_URL).from(gateway);
            }
        }
    }
}
