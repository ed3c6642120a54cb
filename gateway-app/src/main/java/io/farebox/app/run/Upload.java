package io.farebox.app.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;

/** A request body on its way to the upstream. */
final class Upload {
    private volatile long moved = System.nanoTime();

    private Upload() {}

    /** Null if the request says that it has no body, or is of a kind that has none. */
    static @Nullable Upload of(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        if (headers.getContentLength() > 0 || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING))
            return new Upload();
        return switch (request.getMethod().name()) {
            case "GET", "HEAD", "OPTIONS", "DELETE" -> null;
            default -> headers.getContentLength() == 0 ? null : new Upload();
        };
    }

    ServerHttpRequest watched(ServerHttpRequest request) {
        return new ServerHttpRequestDecorator(request) {
            @Override
            public Flux<DataBuffer> getBody() {
                return super.getBody().doOnNext(part -> moved = System.nanoTime());
            }
        };
    }

    /** How long nothing has moved. */
    Duration quietFor() {
        return Duration.ofNanos(System.nanoTime() - moved);
    }
}
