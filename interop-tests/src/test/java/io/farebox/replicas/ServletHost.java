package io.farebox.replicas;

import io.farebox.host.GuardedTomcat;
import io.farebox.settlement.Farebox;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

/** A servlet application with the filter, in a process of its own: Tomcat, and a servlet that notes its runs elsewhere. */
final class ServletHost {
    private ServletHost() {}

    /** @param args price list, port, where runs are noted */
    public static void main(String[] args) {
        Path prices = Path.of(args[0]).toAbsolutePath();
        Farebox farebox = Farebox.open(prices);
        GuardedTomcat tomcat = new GuardedTomcat(
                        farebox,
                        Integer.parseInt(args[1]),
                        prices.resolveSibling("tomcat-" + args[1]),
                        new Noting(args[2]))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(farebox::close));
        tomcat.await();
    }

    /** Lets the upstream of the tests know of a run, and answers what that answers. */
    private static final class Noting extends HttpServlet {
        private static final long serialVersionUID = 1;

        private final transient HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

        private final String upstream;

        Noting(String upstream) {
            this.upstream = upstream;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            HttpRequest.Builder note = HttpRequest.newBuilder(URI.create(upstream + request.getRequestURI()));
            for (String name : new String[] {"X-Farebox-Payer", "X-Farebox-Payment-Id"}) {
                String value = request.getHeader(name);
                if (value != null) note.header(name, value);
            }
            try {
                HttpResponse<String> answer = http.send(note.build(), HttpResponse.BodyHandlers.ofString());
                response.setStatus(answer.statusCode());
                response.setContentType("application/json");
                response.getWriter().print(answer.body());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }
}
