package io.farebox.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.DeliveryState;
import io.farebox.gate.Mode;
import io.farebox.gate.PaymentState;
import io.farebox.testkit.facilitator.Act;
import io.farebox.testkit.facilitator.Acts;
import io.farebox.testkit.host.GateFixture;
import io.farebox.testkit.host.Host;
import io.farebox.testkit.host.RawAnswer;
import io.farebox.testkit.host.RawHttp;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever way a servlet answers: nothing of it leaves unpaid, all of it leaves paid. */
class StylesTest {
    private static final Set<Style> BODILESS = EnumSet.of(
            Style.REDIRECT,
            Style.REDIRECT_OF_SERVLET_6_1,
            Style.REDIRECT_BY_HAND,
            Style.SEND_ERROR_THAT_IS_NONE,
            Style.ASYNC_REDIRECT);

    private final GateFixture fixture = new GateFixture(Mode.ENFORCE);
    private Host host;

    @AfterEach
    void stop() {
        if (host != null) host.close();
        fixture.close();
    }

    static Stream<Arguments> everywhere() {
        boolean servlet61 = !"6.0".equals(System.getProperty("under.test.servlet"));
        List<Style> styles = Stream.of(Style.values())
                .filter(style -> servlet61 || style != Style.REDIRECT_OF_SERVLET_6_1)
                .toList();
        return Servers.here().flatMap(server -> styles.stream().map(style -> Arguments.of(server, style)));
    }

    private RawAnswer pay(Servers server, Style style, int version) throws Exception {
        host = server.start(
                "",
                List.of(new EarlierFilter(), new PaymentFilter(fixture.gate())),
                Map.of("/paid/*", new StyleServlet(), "/inner/*", new StyleServlet()));
        return RawHttp.get(host.base(), "/paid/" + style, fixture.pay(version));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void settleSaysNo_nothingLeaks(Servers server, Style style) throws Exception {
        fixture.facilitator().alwaysSettle(Acts.decline("insufficient_funds"));
        RawAnswer answer = pay(server, style, 2);
        assertThat(answer.status()).isEqualTo(402);
        assertThat(answer.header("PAYMENT-REQUIRED")).isNotEmpty();
        requireNoLeak(answer);
        assertThat(fixture.onlyRow().state()).isEqualTo(PaymentState.FAILED);
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void settleHangs_nothingLeaks(Servers server, Style style) throws Exception {
        fixture.facilitator().alwaysSettle(Acts.lost(Act.Loss.HANGS));
        RawAnswer answer = pay(server, style, 1);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("PAYMENT-REQUIRED")).isNull();
        requireNoLeak(answer);
        assertThat(fixture.onlyRow().state()).isEqualTo(PaymentState.UNKNOWN);
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void settleAnswersGarbage_nothingLeaks(Servers server, Style style) throws Exception {
        fixture.facilitator().alwaysSettle(Acts.garbage());
        RawAnswer answer = pay(server, style, 2);
        assertThat(answer.status()).isEqualTo(503);
        requireNoLeak(answer);
        assertThat(fixture.onlyRow().state()).isEqualTo(PaymentState.UNKNOWN);
    }

    private static void requireNoLeak(RawAnswer answer) {
        assertThat(answer.wire()).doesNotContain(Style.TEXT);
        assertThat(answer.headers())
                .extracting(header -> header.getKey().toLowerCase(Locale.ROOT))
                .doesNotContain("x-secret", "set-cookie", "location", "etag", "link", "trailer");
        assertThat(answer.whole()).isTrue();
        assertThat(answer.header("X-Earlier")).isEqualTo("kept");
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.body()).startsWith("{").endsWith("}");
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void settled_allArrives(Servers server, Style style) throws Exception {
        RawAnswer answer = pay(server, style, 2);
        int status = switch (style) {
            case REDIRECT, ASYNC_REDIRECT -> 302;
            case REDIRECT_OF_SERVLET_6_1 -> 307;
            case REDIRECT_BY_HAND -> 303;
            case SEND_ERROR_THAT_IS_NONE -> 304;
            default -> 200;
        };
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("PAYMENT-RESPONSE")).isNotEmpty();
        assertThat(answer.whole()).isTrue();
        assertThat(answer.body()).isEqualTo(expectedBody(style));
        assertThat(answer.header("X-Earlier")).isEqualTo(style == Style.RESET_AND_WRITE ? null : "kept");
        assertThat(answer.header("X-Secret")).isEqualTo(Style.TEXT);
        var row = fixture.onlyRow();
        assertThat(row.state()).isEqualTo(PaymentState.SETTLED);
        assertThat(row.delivery()).isEqualTo(DeliveryState.COMPLETE);
        assertThat(fixture.facilitator().settleCalls()).isEqualTo(1);
    }

    private static String expectedBody(Style style) {
        if (BODILESS.contains(style)) return "";
        return switch (style) {
            case STREAM_FLUSHED, WRITER_FLUSHED, INCLUDE, ASYNC_DISPATCH, NON_BLOCKING -> Style.TEXT.repeat(3);
            case LARGE, LARGE_AT_ONCE, ASYNC_LARGE -> Style.TEXT.repeat(50_000);
            case SMALL_BUFFER -> Style.TEXT.repeat(5_000);
            case NON_BLOCKING_LARGE -> Style.TEXT.repeat(100_000);
            case SERVER_SENT_EVENTS -> ("data: " + Style.TEXT + "\n\n").repeat(5);
            default -> Style.TEXT;
        };
    }

    /** Sets a header before the payment filter runs, as security filters do. */
    private static final class EarlierFilter implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            ((HttpServletResponse) response).setHeader("X-Earlier", "kept");
            chain.doFilter(request, response);
        }
    }
}
