package io.farebox.benchmarks.load;

import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * What is behind a gateway, on one port: an upstream with a short answer for everything and one of 200 MB, and a facilitator
 * that believes everything and charges at once.
 */
final class OutsideServer {
    private static final byte[] SMALL = "{\"status\":\"fine\"}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SUPPORTED = """
            {"kinds":[{"x402Version":2,"scheme":"exact","network":"eip155:8453"},
            {"x402Version":2,"scheme":"exact","network":"eip155:137"}]}
            """.getBytes(StandardCharsets.US_ASCII);

    private final byte[] block = LargeServlet.block();

    /** Starts one; it ends with its process. @return its port */
    static int start() {
        OutsideServer server = new OutsideServer();
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.get("/large", server::large)
                        .get("/supported", (request, response) -> say(response, SUPPORTED))
                        .post("/verify", (request, response) -> answer(request, response, OutsideServer::verified))
                        .post("/settle", (request, response) -> answer(request, response, OutsideServer::settled))
                        .route(request -> true, (request, response) -> say(response, SMALL)))
                .bindNow()
                .port();
    }

    private static Publisher<Void> say(HttpServerResponse response, byte[] body) {
        return response.header(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length))
                .sendObject(Unpooled.wrappedBuffer(body));
    }

    private static Publisher<Void> answer(
            HttpServerRequest request, HttpServerResponse response, Function<JsonObject, String> answer) {
        return request.receive()
                .aggregate()
                .asByteArray()
                .map(body -> answer.apply(Json.readObject(body)).getBytes(StandardCharsets.US_ASCII))
                .flatMap(body -> Mono.from(say(response, body)));
    }

    private static String verified(JsonObject asked) {
        return "{\"isValid\":true,\"payer\":\"" + authorization(asked).string("from") + "\"}";
    }

    /** An authorization's nonce stands for the transaction that charges it. */
    private static String settled(JsonObject asked) {
        JsonObject authorization = authorization(asked);
        return "{\"success\":true,\"payer\":\"" + authorization.string("from") + "\",\"transaction\":\""
                + authorization.string("nonce") + "\",\"network\":\""
                + asked.object("paymentRequirements").string("network") + "\"}";
    }

    private static JsonObject authorization(JsonObject asked) {
        return asked.object("paymentPayload").object("payload").object("authorization");
    }

    private Publisher<Void> large(HttpServerRequest request, HttpServerResponse response) {
        return response.header(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream")
                .header(HttpHeaderNames.CONTENT_LENGTH, Long.toString(LargeServlet.LENGTH))
                .send(Flux.<ByteBuf, Long>generate(() -> LargeServlet.LENGTH, (left, sink) -> {
                    int length = (int) Math.min(left, block.length);
                    if (length == 0) sink.complete();
                    else sink.next(Unpooled.wrappedBuffer(block, 0, length));
                    return left - length;
                }));
    }
}
