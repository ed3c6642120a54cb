package io.farebox.servlet.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.DeliveryState;
import io.farebox.gate.Mode;
import io.farebox.testkit.facilitator.Acts;
import io.farebox.testkit.host.GateFixture;
import io.farebox.testkit.host.RawAnswer;
import io.farebox.testkit.host.RawHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** The return types of Spring MVC controllers: nothing leaves unpaid, all leaves paid. */
class SpringMvcStylesTest {
    private static final String TEXT = "PREMIUM-CONTENT";
    private static final GateFixture FIXTURE = new GateFixture(Mode.ENFORCE);
    private static ConfigurableApplicationContext context;

    @BeforeAll
    static void start() {
        context = BootServer.run(Application.class, FIXTURE.gate());
    }

    @AfterAll
    static void stop() {
        context.close();
        FIXTURE.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"entity", "callable", "deferred", "future", "sse", "streaming", "redirect", "failed-deferred"})
    void settleSaysNo_nothingLeaks(String style) throws IOException {
        FIXTURE.facilitator().onSettle(Acts.decline("insufficient_funds"));
        RawAnswer answer = RawHttp.get(BootServer.base(context), "/paid/" + style, FIXTURE.pay(2));
        FIXTURE.requireNothingOpen();
        if (style.equals("failed-deferred")) {
            assertThat(answer.status()).isEqualTo(500);
            return;
        }
        assertThat(answer.status()).isEqualTo(402);
        assertThat(answer.wire()).doesNotContain(TEXT);
        assertThat(answer.whole()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"entity", "callable", "deferred", "future", "sse", "streaming", "redirect"})
    void settled_allArrives(String style) throws IOException {
        FIXTURE.facilitator().alwaysSettle(Acts.obey());
        RawAnswer answer = RawHttp.get(BootServer.base(context), "/paid/" + style, FIXTURE.pay(2));
        assertThat(answer.status()).isEqualTo(style.equals("redirect") ? 302 : 200);
        assertThat(answer.header("PAYMENT-RESPONSE")).isNotEmpty();
        assertThat(answer.whole()).isTrue();
        assertThat(answer.wire()).contains(TEXT);
        FIXTURE.requireNothingOpen();
        assertThat(FIXTURE.book().all().getLast().delivery()).isEqualTo(DeliveryState.COMPLETE);
    }

    @EnableAutoConfiguration
    @Import({Api.class, ShallowEtagHeaderFilter.class})
    static class Application {}

    @RestController
    static class Api {
        @GetMapping("/paid/entity")
        ResponseEntity<String> entity() {
            return ResponseEntity.ok().header("X-Secret", TEXT).body(TEXT);
        }

        @GetMapping("/paid/callable")
        Callable<String> callable() {
            return () -> TEXT;
        }

        @GetMapping("/paid/deferred")
        DeferredResult<String> deferred() {
            DeferredResult<String> result = new DeferredResult<>();
            Thread.ofVirtual().start(() -> result.setResult(TEXT));
            return result;
        }

        @GetMapping("/paid/failed-deferred")
        DeferredResult<String> failedDeferred() {
            DeferredResult<String> result = new DeferredResult<>();
            Thread.ofVirtual().start(() -> result.setErrorResult(new IllegalStateException("broken")));
            return result;
        }

        @GetMapping("/paid/future")
        CompletableFuture<String> future() {
            return CompletableFuture.supplyAsync(() -> TEXT);
        }

        @GetMapping("/paid/sse")
        SseEmitter sse() {
            SseEmitter emitter = new SseEmitter();
            Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 5; i++) emitter.send(TEXT);
                    emitter.complete();
                } catch (IOException | IllegalStateException e) {
                    emitter.completeWithError(e);
                }
            });
            return emitter;
        }

        @GetMapping("/paid/streaming")
        StreamingResponseBody streaming() {
            return out -> {
                for (int i = 0; i < 10_000; i++) out.write(TEXT.getBytes(StandardCharsets.US_ASCII));
            };
        }

        @GetMapping("/paid/redirect")
        ResponseEntity<Void> redirect() {
            return ResponseEntity.status(HttpStatus.FOUND)
                    .header("Location", "/x?sig=" + TEXT)
                    .build();
        }
    }
}
