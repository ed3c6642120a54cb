package io.farebox.gateway;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A small request body that we have read, so that the gate can tell one request from another, and which goes on as if we had
 * not. A body that does not say that it is small goes on unread: the gate then takes no other request for the same.
 */
final class ReplayedBody {
    /** Bodies up to this many bytes are read. */
    static final int LIMIT = 64 * 1024;

    private final byte[] bytes;

    private ReplayedBody(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether the request has a body that is worth reading. */
    static boolean isReadable(ServerHttpRequest request) {
        long length = request.getHeaders().getContentLength();
        return length > 0 && length <= LIMIT;
    }

    /** Reads it whole, into memory of its own: a connection's buffers would be held for as long as the client likes. */
    static Mono<ReplayedBody> read(ServerHttpRequest request) {
        return Mono.defer(() -> {
            ByteBuffer whole = ByteBuffer.allocate((int) request.getHeaders().getContentLength());
            return request.getBody()
                    .doOnNext(part -> move(part, whole))
                    .then(Mono.fromSupplier(() -> new ReplayedBody(Arrays.copyOf(whole.array(), whole.position()))));
        });
    }

    private static void move(DataBuffer part, ByteBuffer whole) {
        try {
            byte[] bytes = new byte[part.readableByteCount()];
            part.read(bytes);
            whole.put(bytes);
        } finally {
            DataBufferUtils.release(part);
        }
    }

    /** SHA-256 in hexadecimal, the empty string for no body, null for one that was not read. */
    static @Nullable String digest(ServerHttpRequest request, @Nullable ReplayedBody body) {
        if (body == null) return isEmpty(request) ? "" : null;
        return body.bytes.length == 0 ? "" : HexFormat.of().formatHex(sha256(body.bytes));
    }

    /** Whether the request says that it has no body. */
    static boolean isEmpty(ServerHttpRequest request) {
        long length = request.getHeaders().getContentLength();
        if (length >= 0) return length == 0;
        // HTTP/2 bodies announce nothing; a body on GET and its like has no meaning in any version.
        if (request.getHeaders().containsHeader(HttpHeaders.TRANSFER_ENCODING)) return false;
        return switch (request.getMethod().name()) {
            case "GET", "HEAD", "OPTIONS", "DELETE" -> true;
            default -> false;
        };
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The request with this as its body, which may be read as often as a retry needs it. */
    ServerHttpRequest in(ServerHttpRequest request) {
        return new ServerHttpRequestDecorator(request) {
            @Override
            public Flux<DataBuffer> getBody() {
                return bytes.length == 0
                        ? Flux.empty()
                        : Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(bytes)));
            }
        };
    }
}
