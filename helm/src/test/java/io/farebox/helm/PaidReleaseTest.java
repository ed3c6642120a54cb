package io.farebox.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.testkit.pay.PaidExchange;
import io.farebox.testkit.pay.PayingClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release as it was rendered, started: chart and program cannot drift apart. */
class PaidReleaseTest {
    @TempDir
    private Path folder;

    /** Real money in everything but the facilitator, which is a stub on loopback. */
    private Path values(StubFacilitator facilitator, UpstreamServer upstream) throws Exception {
        return Files.writeString(folder.resolve("values.yaml"), """
                farebox:
                  public-url: https://api.example.com
                  upstream: { url: "%s" }
                  pay-to: { eip155: "0x209693Bc6afc0C5328bA36FaF03C514EF312287C" }
                  accept: [base-sepolia/USDC]
                  facilitators: [{ id: stub, url: "%s", auth: { type: bearer, value: "${STUB_KEY}" } }]
                  secret: "${FAREBOX_SECRET}"
                  routes:
                    - { id: quotes, match: "GET /quotes", price: "$0.01" }
                    - { id: health, match: "/health", free: true }
                secretEnv:
                  STUB_KEY: { secret: stub, key: key }
                  FAREBOX_SECRET: { secret: farebox, key: secret }
                persistence: { enabled: true }
                """.formatted(upstream.url(), facilitator.url()));
    }

    @Test
    void renderedRelease_isPaidByBothGenerationsAndPassesItsOwnTest() throws Exception {
        try (StubFacilitator facilitator = StubFacilitator.start();
                UpstreamServer upstream = UpstreamServer.start()) {
            ReleaseObjects release = Chart.render(values(facilitator, upstream));
            PodSpec pod = release.pods().get("shop-farebox");
            Container container = pod.getContainers().getFirst();
            MountedFiles files = new MountedFiles(
                            folder.resolve("pod"),
                            release,
                            Map.of(
                                    "stub",
                                    Map.of("key", "k-0123456789"),
                                    "farebox",
                                    Map.of("secret", "s-0123456789abcdef")))
                    .mount(container, pod.getVolumes());
            try (LocalContainer gateway = LocalContainer.start(container, files)) {
                gateway.awaitReady(container);
                requirePaid(Wallets.v1(), gateway, facilitator, 1);
                requirePaid(Wallets.v2(), gateway, facilitator, 2);
                assertThat(LocalContainer.status(gateway.base() + "/health")).isEqualTo(200);
                assertThat(LocalContainer.status(gateway.base() + "/quotes")).isEqualTo(402);
                requireOwnTestPasses(release, gateway);
                assertThat(files.at("/var/lib/farebox")).isDirectoryContaining("glob:**book*");
                assertThat(gateway.messages()).doesNotContain("k-0123456789", "s-0123456789abcdef");
            }
        }
    }

    private static void requirePaid(
            PayingClient payer, LocalContainer gateway, StubFacilitator facilitator, int charges) {
        try (payer) {
            PaidExchange paid = payer.get(gateway.base().resolve("/quotes"));
            assertThat(paid.status()).as(gateway.messages()).isEqualTo(200);
            assertThat(new String(paid.answer().body(), StandardCharsets.UTF_8)).isEqualTo("upstream /quotes");
            assertThat(facilitator.ledger().charges()).isEqualTo(charges);
        }
    }

    /** What {@code helm test} would run, against the port that the Service would lead to. */
    private void requireOwnTestPasses(ReleaseObjects release, LocalContainer gateway) throws Exception {
        Container expect = release.only(Pod.class, "shop-farebox-serves")
                .getSpec()
                .getContainers()
                .getFirst();
        assertThat(expect.getArgs())
                .containsExactly("expect", "402=http://shop-farebox:80/quotes", "2xx=http://shop-farebox:80/health");
        expect.setArgs(expect.getArgs().stream()
                .map(each ->
                        each.replace("http://shop-farebox:80", gateway.base().toString()))
                .toList());
        MountedFiles files = new MountedFiles(folder.resolve("test"), release, Map.of());
        Files.createDirectories(files.at("/tmp"));
        try (LocalContainer test = LocalContainer.start(expect, files)) {
            assertThat(test.awaitEnd()).as(test.messages()).isZero();
        }
    }

    /** At the first start a wrong price list ends the process with all that is wrong, which the pod's log shows. */
    @Test
    void wrongPriceList_endsTheContainerWithEveryProblem() throws Exception {
        try (StubFacilitator facilitator = StubFacilitator.start();
                UpstreamServer upstream = UpstreamServer.start()) {
            ReleaseObjects release = Chart.render(values(facilitator, upstream));
            PodSpec pod = release.pods().get("shop-farebox");
            Container container = pod.getContainers().getFirst();
            MountedFiles files = new MountedFiles(
                            folder.resolve("pod"),
                            release,
                            Map.of("stub", Map.of("key", "k"), "farebox", Map.of("secret", "short")))
                    .mount(container, pod.getVolumes());
            Path prices = files.at("/etc/farebox/farebox.yaml");
            Files.writeString(prices, Files.readString(prices).replace("base-sepolia/USDC", "base-sepolia/USDX"));
            try (LocalContainer gateway = LocalContainer.start(container, files)) {
                assertThat(gateway.awaitEnd()).isEqualTo(2);
                assertThat(gateway.messages()).contains(List.of("farebox.yaml", "accept", "secret"));
            }
        }
    }
}
