package io.farebox.gateway;

import io.farebox.testkit.host.Host;
import io.farebox.testkit.host.Resource;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A resource on a server of its own, without a gate. */
final class UpstreamServer {
    private UpstreamServer() {}

    static Host start(Resource resource) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Undertow server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setServerOption(UndertowOptions.MAX_PARAMETERS, 100)
                .setHandler(exchange -> exchange.dispatch(threads, () -> serve(exchange, resource)))
                .build();
        server.start();
        int port = ((InetSocketAddress) server.getListenerInfo().getFirst().getAddress()).getPort();
        return new Host() {
            @Override
            public URI base() {
                return URI.create("http://127.0.0.1:" + port);
            }

            @Override
            public void close() {
                server.stop();
                threads.close();
            }
        };
    }

    private static void serve(HttpServerExchange exchange, Resource resource) {
        exchange.startBlocking();
        Call call = new Call(exchange);
        try {
            resource.serve(call);
            if (!call.broken) exchange.endExchange();
        } catch (IOException e) {
            call.breakOff();
        }
    }

    private static final class Call implements Resource.Call {
        private final HttpServerExchange exchange;
        private boolean broken;

        private Call(HttpServerExchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public String method() {
            return exchange.getRequestMethod().toString();
        }

        @Override
        public String path() {
            return exchange.getRequestURI();
        }

        @Override
        public @Nullable String header(String name) {
            return exchange.getRequestHeaders().getFirst(name);
        }

        @Override
        public List<String> headers(String name) {
            HeaderMap headers = exchange.getRequestHeaders();
            return headers.contains(name) ? List.copyOf(headers.get(name)) : List.of();
        }

        @Override
        public byte[] body() throws IOException {
            InputStream in = exchange.getInputStream();
            return in.readAllBytes();
        }

        @Override
        public void status(int status) {
            exchange.setStatusCode(status);
        }

        @Override
        public void answerHeader(String name, String value) {
            exchange.getResponseHeaders().put(new HttpString(name), value);
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            exchange.getOutputStream().write(bytes);
        }

        @Override
        public void flush() throws IOException {
            OutputStream out = exchange.getOutputStream();
            out.flush();
        }

        @Override
        public void breakOff() {
            broken = true;
            try {
                exchange.getConnection().close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
