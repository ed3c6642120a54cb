package io.farebox.kills;

import io.farebox.host.GuardedTomcat;
import io.farebox.settlement.Farebox;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;

/** A program of its own: Tomcat with the filter, and one servlet that gets what it says from another server. */
final class ServletHost {
    private ServletHost() {}

    /** @param args the price list, the port, the other server's URL or nothing for an answer of its own */
    public static void main(String[] args) {
        Path prices = Path.of(args[0]);
        Farebox farebox = Farebox.open(prices);
        GuardedTomcat tomcat = new GuardedTomcat(
                        farebox,
                        Integer.parseInt(args[1]),
                        prices.resolveSibling("tomcat-" + args[1]),
                        new Resource(args.length > 2 ? args[2] : ""))
                .set("maxKeepAliveRequests", "-1");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(tomcat, farebox)));
        tomcat.start().await();
    }

    private static void stop(GuardedTomcat tomcat, Farebox farebox) {
        try {
            tomcat.stop();
        } finally {
            farebox.close();
        }
    }

    private static final class Resource extends HttpServlet {
        private static final long serialVersionUID = 1;
        private final String upstream;

        private Resource(String upstream) {
            this.upstream = upstream;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (upstream.isEmpty()) {
                response.setContentType("application/json");
                response.getOutputStream().write('1');
                return;
            }
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create(upstream + request.getRequestURI()).toURL().openConnection();
            response.setStatus(connection.getResponseCode());
            response.setContentType("text/plain");
            try (InputStream in = connection.getInputStream()) {
                pass(in, response.getOutputStream());
            }
        }

        private static void pass(InputStream in, OutputStream out) throws IOException {
            byte[] part = new byte[4_000];
            for (int n = in.read(part); n >= 0; n = in.read(part)) {
                out.write(part, 0, n);
                out.flush();
            }
        }
    }
}
