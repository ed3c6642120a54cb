package io.farebox.kills;

import io.farebox.servlet.PaymentFilter;
import io.farebox.settlement.Farebox;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** A program of its own: Tomcat with the filter, and one servlet that gets what it says from another server. */
final class ServletHost {
    private ServletHost() {}

    /** @param args the price list, the port, the other server's URL or nothing for an answer of its own */
    public static void main(String[] args) throws Exception {
        Path prices = Path.of(args[0]);
        Farebox farebox = Farebox.open(prices);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(prices.resolveSibling("tomcat-" + args[1]).toString());
        tomcat.setPort(Integer.parseInt(args[1]));
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
        Context context = tomcat.addContext("", prices.getParent().toString());
        guard(context, farebox);
        Tomcat.addServlet(context, "resource", new Resource(args.length > 2 ? args[2] : ""));
        context.addServletMappingDecoded("/", "resource");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(tomcat, farebox)));
        tomcat.start();
        tomcat.getServer().await();
    }

    private static void guard(Context context, Farebox farebox) {
        FilterDef filter = new FilterDef();
        filter.setFilterName("farebox");
        filter.setFilter(new PaymentFilter(farebox.gate()));
        filter.setAsyncSupported("true");
        context.addFilterDef(filter);
        FilterMap map = new FilterMap();
        map.setFilterName("farebox");
        map.addURLPattern("/*");
        for (DispatcherType type : DispatcherType.values()) map.setDispatcher(type.name());
        context.addFilterMap(map);
    }

    private static void stop(Tomcat tomcat, Farebox farebox) {
        try {
            tomcat.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
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
