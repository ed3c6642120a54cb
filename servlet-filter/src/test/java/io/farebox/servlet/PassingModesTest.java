package io.farebox.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Mode;
import io.farebox.testkit.host.GateFixture;
import io.farebox.testkit.host.Host;
import io.farebox.testkit.host.RawAnswer;
import io.farebox.testkit.host.RawHttp;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A gate that does not enforce passes everything, also what it would otherwise refuse to understand. */
class PassingModesTest {
    private GateFixture fixture;
    private Host host;

    @AfterEach
    void stop() {
        if (host != null) host.close();
        if (fixture != null) fixture.close();
    }

    static Stream<Arguments> everywhere() {
        return Servers.here()
                .flatMap(server -> Stream.of(Mode.OFF, Mode.OBSERVE).map(mode -> Arguments.of(server, mode)));
    }

    private void start(Servers server, Mode mode) throws Exception {
        fixture = new GateFixture(mode);
        var premium = new LambdaServlet(
                (request, response) -> response.getWriter().print(Style.TEXT + request.getHeader("PAYMENT-SIGNATURE")));
        var forward = new LambdaServlet((request, response) ->
                request.getRequestDispatcher("/paid/x;a=b").forward(request, response));
        host = server.start(
                "",
                List.of(new PaymentFilter(fixture.gate())),
                Map.of("/paid/*", premium, "/free/*", premium, "/forward/*", forward));
    }

    private RawAnswer send(String method, String target) throws Exception {
        return RawHttp.exchange(host.base(), method, target, new byte[0], fixture.pay(2));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void ambiguousTarget_passes(Servers server, Mode mode) throws Exception {
        start(server, mode);
        for (String target : List.of("/free/x;a=b", "/paid/x;a=b", "/paid/x;%20", "/forward/x")) {
            requirePremium(send("GET", target), target);
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void unknownMethod_passes(Servers server, Mode mode) throws Exception {
        start(server, mode);
        requirePremium(send("PROPFIND", "/paid/x"), "PROPFIND");
    }

    /** The payment is stripped in every mode. */
    private static void requirePremium(RawAnswer answer, String what) {
        assertThat(answer.status()).as(what).isEqualTo(200);
        assertThat(answer.body()).as(what).isEqualTo(Style.TEXT + "null");
    }
}
