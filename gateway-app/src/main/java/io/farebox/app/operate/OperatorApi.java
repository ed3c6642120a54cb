package io.farebox.app.operate;

import io.farebox.gate.BookUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The operator's API below {@code /farebox/} of the management port. A caller shows a credential as a bearer; there is no other
 * way in, so no page in a browser can be made to call it. Nobody without one is told what there is.
 */
final class OperatorApi implements WebFilter, Ordered, DisposableBean {
    static final int LARGEST_BODY = 8 * 1024;
    private static final int AT_ONCE = 16;
    private static final String ROOT = "/farebox/";
    private static final Logger LOG = LoggerFactory.getLogger(OperatorApi.class);

    private final OperatorDesk desk;
    private final BalancesDesk balances;
    private final AdminAccess access;
    private final FailureBudget failures;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("farebox-operator-", 0).factory());
    private final Scheduler scheduler = Schedulers.fromExecutorService(threads);

    OperatorApi(OperatorDesk desk, BalancesDesk balances, AdminAccess access, FailureBudget failures) {
        this.desk = desk;
        this.balances = balances;
        this.access = access;
        this.failures = failures;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String path = request.getPath().pathWithinApplication().value();
        if (!path.startsWith(ROOT)) return chain.filter(exchange);
        AdminAccess.Role role = access.role(request.getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION));
        Mono<Answer> answer = role == AdminAccess.Role.NOBODY ? Mono.just(stranger()) : answer(request, path, role);
        return answer.onErrorResume(failure -> Mono.just(failed(failure)))
                .flatMap(ready -> write(exchange.getResponse(), ready));
    }

    private Answer stranger() {
        if (!failures.spend())
            return Answer.error(429, "too_many_failures", "Too many wrong credentials were shown.")
                    .with("Retry-After", String.valueOf(FailureBudget.REFILL.toSeconds()));
        LOG.warn("the operator's API was called without a right credential");
        return Answer.error(401, "unauthorized", "Show a credential: Authorization: Bearer …")
                .with("WWW-Authenticate", "Bearer realm=\"farebox\"");
    }

    private Mono<Answer> answer(ServerHttpRequest request, String path, AdminAccess.Role role) {
        List<String> words = List.of(path.substring(ROOT.length()).split("/", -1));
        return switch (request.getMethod().name()) {
            case "GET" -> work(() -> read(words, request.getQueryParams()));
            case "POST" ->
                role == AdminAccess.Role.OPERATOR
                        ? body(request).flatMap(body -> work(() -> change(words, body)))
                        : Mono.just(Answer.error(403, "viewer_only", "This credential may look and not decide."));
            default ->
                Mono.just(Answer.error(405, "method_not_allowed", "Use GET or POST.")
                        .with("Allow", "GET, POST"));
        };
    }

    private Answer read(List<String> words, Map<String, List<String>> query) {
        if (words.equals(List.of("payments"))) return desk.list(query);
        if (words.equals(List.of("balances"))) return balances.list(query);
        if (!query.isEmpty()) throw new BadRequestException("Nothing can be asked for here by a query.");
        if (words.equals(List.of("summary"))) return desk.summary();
        return words.size() == 2 && words.getFirst().equals("payments") ? desk.one(words.getLast()) : Answer.notFound();
    }

    private Answer change(List<String> words, byte[] body) {
        if (words.size() != 3) return Answer.notFound();
        return switch (words.getFirst() + "/" + words.getLast()) {
            case "payments/resolve" -> desk.resolve(words.get(1), body);
            case "payers/erase" -> desk.erase(words.get(1), body);
            case "payers/end-tokens" -> balances.endTokens(words.get(1), body);
            case "payers/pay-back" -> balances.payBack(words.get(1), body);
            default -> Answer.notFound();
        };
    }

    private static Mono<byte[]> body(ServerHttpRequest request) {
        MediaType type = request.getHeaders().getContentType();
        if (type == null || !MediaType.APPLICATION_JSON.isCompatibleWith(type))
            return Mono.error(new BadRequestException("Send JSON: Content-Type: application/json."));
        return DataBufferUtils.join(request.getBody(), LARGEST_BODY)
                .map(OperatorApi::bytes)
                .defaultIfEmpty(new byte[0]);
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    /** On a thread that may wait. */
    private Mono<Answer> work(Supplier<Answer> work) {
        if (!room.tryAcquire()) return Mono.just(Answer.unavailable("busy", "Too much is asked at once; ask again."));
        return Mono.fromSupplier(work).subscribeOn(scheduler).doFinally(end -> room.release());
    }

    private Mono<Void> write(ServerHttpResponse response, Answer answer) {
        response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        headers.setCacheControl("no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        answer.headers().forEach(headers::set);
        byte[] bytes = answer.bytes();
        headers.setContentLength(bytes.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(bytes)));
    }

    private static Answer failed(Throwable failure) {
        return switch (failure) {
            case BadRequestException bad -> Answer.bad(String.valueOf(bad.getMessage()));
            case DataBufferLimitException large ->
                Answer.error(413, "too_large", "The body has more than " + LARGEST_BODY + " bytes.");
            case BookUnavailableException down ->
                Answer.unavailable("book_unavailable", "The book does not answer; it may or may not have been done.");
            default -> {
                LOG.error("a call of the operator's API failed", failure);
                yield Answer.error(500, "internal_error", "It failed; the log tells why.");
            }
        };
    }

    @Override
    public void destroy() {
        scheduler.dispose();
        threads.shutdown();
    }
}
