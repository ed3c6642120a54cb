package io.farebox.interop;

import io.farebox.gate.GateEvent;
import io.farebox.host.GuardedTomcat;
import io.farebox.pricing.ConfigReader;
import io.farebox.settlement.Farebox;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A plain servlet application on Tomcat, priced by a configuration, as an owner would run it. */
final class PricedServer implements AutoCloseable {
    private final GuardedTomcat tomcat;
    private final Farebox farebox;
    private final Queue<GateEvent> events = new ConcurrentLinkedQueue<>();
    final AtomicInteger runs = new AtomicInteger();

    /** How many of the next runs end with 500. */
    final AtomicInteger toFail = new AtomicInteger();

    PricedServer(String yaml, Path folder) {
        farebox = Farebox.open(ConfigReader.ofProcess().readYaml("farebox.yaml", yaml), events::add);
        tomcat = new GuardedTomcat(farebox, 0, folder, new Weather()).start();
    }

    private final class Weather extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            runs.incrementAndGet();
            if (toFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
                return;
            }
            response.setContentType("application/json");
            response.getWriter().print("{\"celsius\":21}");
        }
    }

    String url(String path) {
        return "http://127.0.0.1:" + tomcat.port() + path;
    }

    URI uri(String path) {
        return URI.create(url(path));
    }

    Farebox farebox() {
        return farebox;
    }

    Queue<GateEvent> events() {
        return events;
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
        } finally {
            farebox.close();
        }
    }
}
