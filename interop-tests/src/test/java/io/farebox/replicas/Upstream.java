package io.farebox.replicas;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/**
 * What the replicas sell: a server that notes each run. Replica n reaches it under {@code /rN}, whether as a gateway's upstream
 * or called by the servlet that a filter guards.
 */
final class Upstream implements AutoCloseable {
    private final Tomcat tomcat = new Tomcat();
    private final Consumer<Run> listener;
    private final Map<String, AtomicInteger> byPayer = new ConcurrentHashMap<>();

    /** How long a run takes. */
    volatile int millis;

    /** @param payer who paid, in lower case; empty for what was not sold */
    record Run(int replica, String payer, String paymentId) {}

    Upstream(Path folder, Consumer<Run> listener) {
        this.listener = listener;
        tomcat.setBaseDir(folder.resolve("upstream").toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
        Context context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "weather", new Weather());
        context.addServletMappingDecoded("/", "weather");
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The base URL of one replica. */
    String url(int replica) {
        return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/r" + replica;
    }

    /** How often a payer's requests were run. */
    int runs(String payer) {
        AtomicInteger runs = byPayer.get(payer.toLowerCase(java.util.Locale.ROOT));
        return runs == null ? 0 : runs.get();
    }

    private final class Weather extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String payer = text(request.getHeader("X-Farebox-Payer")).toLowerCase(java.util.Locale.ROOT);
            int replica = request.getRequestURI().charAt(2) - '0';
            byPayer.computeIfAbsent(payer, any -> new AtomicInteger()).incrementAndGet();
            listener.accept(new Run(replica, payer, text(request.getHeader("X-Farebox-Payment-Id"))));
            if (millis > 0) LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
            response.setContentType("application/json");
            response.getWriter().print("{\"celsius\":21}");
        }
    }

    private static String text(String header) {
        return header == null ? "" : header;
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }
}
