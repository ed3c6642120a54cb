package io.farebox.servlet;

import io.farebox.testkit.host.Host;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty 12.1, apart from Tomcat so that either can be left off the class path. */
final class JettyServer {
    private JettyServer() {}

    static Host start(String contextPath, List<Filter> filters, Map<String, HttpServlet> servlets) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setAcceptQueueSize(2000);
        server.addConnector(connector);
        ServletContextHandler context =
                new ServletContextHandler(contextPath.isEmpty() ? "/" : contextPath, true, false);
        servlets.forEach((mapping, servlet) -> {
            ServletHolder holder = new ServletHolder(servlet);
            holder.setAsyncSupported(true);
            context.addServlet(holder, mapping);
        });
        for (Filter filter : filters) {
            FilterHolder holder = new FilterHolder(filter);
            holder.setAsyncSupported(true);
            context.addFilter(holder, "/*", Servers.ALL);
        }
        server.setHandler(context);
        server.start();
        return Servers.host(connector.getLocalPort(), server::stop);
    }
}
