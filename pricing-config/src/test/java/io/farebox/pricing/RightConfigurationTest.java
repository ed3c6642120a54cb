package io.farebox.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Flow;
import io.farebox.gate.Mode;
import io.farebox.pricing.FacilitatorConfig.Auth;
import io.farebox.x402.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RightConfigurationTest {
    private static final List<Path> FILES = Fixtures.resources("good");

    @TestFactory
    Stream<DynamicTest> rightFile_makesAPriceBook() {
        return FILES.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> makesABook(file)));
    }

    private static void makesABook(Path file) {
        FareboxConfig config = Fixtures.reader().readFile(file);
        PriceBook book = PriceBook.from(config);
        long priced = config.routes().stream().filter(route -> !route.isFree()).count();
        assertThat(book.offers()).hasSizeGreaterThanOrEqualTo((int) priced);
        assertThat(book.version()).matches("[0-9a-f]{12}");
        assertThat(config.toString()).doesNotContain("a-key-of-some-length").doesNotContain("secret-key");
    }

    @Test
    void corpus_hasItsSize() {
        assertThat(FILES).hasSizeGreaterThanOrEqualTo(20);
    }

    @Test
    void defaults_areThoseOfTheReference() {
        FareboxConfig config = good("minimal");
        RouteConfig route = config.routes().get(0);
        assertThat(config.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(config.unmatched()).isEqualTo(FareboxConfig.Unmatched.PASS);
        assertThat(config.settleWait()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.bookUrl().reveal()).isEqualTo("jdbc:h2:file:./data/farebox");
        assertThat(config.secret()).isNull();
        assertThat(config.v1Networks()).hasSize(12).doesNotContain(NetworkTable.DEV);
        assertThat(route.flow()).isEqualTo(Flow.AUTHORIZATION);
        assertThat(route.timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(route.chargeBelow()).isEqualTo(400);
        assertThat(route.verifyLocal()).isFalse();
        assertThat(route.facilitators()).hasSize(1);
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void claims_areInTheBookUnlessConfigured() {
        assertThat(good("minimal").claims()).isNull();
        assertThat(good("shared-claims").claims())
                .isEqualTo(new ClaimsConfig(Secret.of("rediss://:a-secret@redis:6379/2"), "staging"));
        assertThat(good("shared-claims").toString()).doesNotContain("a-secret");
        assertThat(good("cluster-claims").claims())
                .isEqualTo(new ClaimsConfig(Secret.of("redis-cluster://:a-secret@redis-0:6379,redis-1:6379"), "shop"));
    }

    @Test
    void operatorsApi_isThereOnlyIfConfigured() {
        assertThat(good("minimal").admin().isNone()).isTrue();
        FareboxConfig config = good("operated");
        assertThat(config.admin())
                .isEqualTo(new AdminConfig(
                        Secret.of("a-viewer-of-some-length-1"), Secret.of("an-operator-of-some-length")));
        assertThat(config.toString()).doesNotContain("of-some-length");
    }

    @Test
    void retention_isThatOfTheReferenceUnlessConfigured() {
        assertThat(good("minimal").retention()).isEqualTo(RetentionConfig.DEFAULT);
        assertThat(good("operated").retention())
                .isEqualTo(new RetentionConfig(Duration.ofDays(800), Duration.ofDays(2)));
    }

    @Test
    void environment_isFilledInAndSecretsStayHidden() {
        FareboxConfig config = good("environment");
        FacilitatorConfig facilitator = config.facilitators().get(0);
        assertThat(config.mode()).isEqualTo(Mode.OBSERVE);
        assertThat(facilitator.auth()).isEqualTo(new Auth.Bearer(Secret.of("a-key-of-some-length")));
        assertThat(config.settings(new Network("eip155:8453")).confirmations()).isEqualTo(12);
        assertThat(config.routes().get(0).freeForAuthenticated()).isTrue();
        assertThat(Secret.of("x").toString()).isEqualTo("Secret[hidden]");
    }

    @Test
    void facilitators_keepTheirOrderAndSettings() {
        FareboxConfig config = good("cdp");
        assertThat(config.facilitators()).extracting(FacilitatorConfig::id).containsExactly("payai", "cdp", "spare");
        assertThat(config.enabledFacilitators()).hasSize(2);
        FacilitatorConfig cdp = config.facilitators().get(1);
        assertThat(cdp.auth()).isInstanceOf(Auth.Cdp.class);
        assertThat(cdp.settleTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.routes().get(0).verifyLocal()).isFalse();
        assertThat(config.routes().get(1).verifyLocal()).isTrue();
    }

    @Test
    void devFacilitator_bringsItsChainIntoVersionOne() {
        FareboxConfig config = good("local-development");
        assertThat(config.v1Networks()).contains(NetworkTable.DEV);
        assertThat(config.facilitators().get(0).isLocal()).isTrue();
    }

    @Test
    void warnings_tellWhatDefaultClientsRefuse() {
        assertThat(good("unchecked-address").warnings())
                .extracting(ConfigProblem::code)
                .containsExactlyInAnyOrder(ProblemCode.LOWERCASE_ADDRESS, ProblemCode.ABOVE_V2_CAP);
        assertThat(good("asset-price").warnings())
                .extracting(ConfigProblem::code)
                .containsExactly(ProblemCode.ABOVE_V1_CAP);
        assertThat(good("caip2").warnings())
                .extracting(ConfigProblem::code)
                .containsExactly(ProblemCode.NOT_A_DEFAULT_ASSET);
        assertThat(good("no-routes").warnings()).extracting(ConfigProblem::code).containsExactly(ProblemCode.NO_ROUTES);
    }

    private static FareboxConfig good(String name) {
        return Fixtures.reader().readFile(Path.of("src/test/resources/good", name + ".yaml"));
    }
}
