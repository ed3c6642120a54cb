package io.farebox.gateway;

import io.farebox.testkit.host.Host;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.http.HttpServlet;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Servers that read paths in different ways, each with servlets by mapping. */
enum ServletUpstream {
    TOMCAT {
        @Override
        Host start(Map<String, HttpServlet> servlets) throws Exception {
            Path folder = Files.createTempDirectory("farebox-tomcat");
            Tomcat tomcat = new Tomcat();
            tomcat.setBaseDir(folder.toString());
            tomcat.setSilent(true);
            Connector connector = new Connector();
            connector.setPort(0);
            connector.setProperty("address", "127.0.0.1");
            tomcat.setConnector(connector);
            Context context = tomcat.addContext("", folder.toString());
            servlets.forEach((mapping, servlet) -> {
                Tomcat.addServlet(context, mapping, servlet);
                context.addServletMappingDecoded(mapping, mapping);
            });
            tomcat.start();
            return host(connector.getLocalPort(), () -> {
                tomcat.stop();
                tomcat.destroy();
            });
        }
    },
    JETTY {
        @Override
        Host start(Map<String, HttpServlet> servlets) throws Exception {
            Server server = new Server();
            ServerConnector connector = new ServerConnector(server);
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            ServletContextHandler context = new ServletContextHandler("/", false, false);
            servlets.forEach((mapping, servlet) -> context.addServlet(new ServletHolder(servlet), mapping));
            server.setHandler(context);
            server.start();
            return host(connector.getLocalPort(), server::stop);
        }
    },
    UNDERTOW {
        @Override
        Host start(Map<String, HttpServlet> servlets) throws Exception {
            DeploymentInfo deployment = Servlets.deployment()
                    .setClassLoader(ServletUpstream.class.getClassLoader())
                    .setContextPath("/")
                    .setDeploymentName("upstream");
            servlets.forEach((mapping, servlet) -> deployment.addServlet(
                    Servlets.servlet(mapping, HttpServlet.class, new ImmediateInstanceFactory<>(servlet))
                            .addMapping(mapping)));
            DeploymentManager application = Servlets.newContainer().addDeployment(deployment);
            application.deploy();
            Undertow server = Undertow.builder()
                    .addHttpListener(0, "127.0.0.1")
                    .setHandler(application.start())
                    .build();
            server.start();
            return host(((InetSocketAddress) server.getListenerInfo().getFirst().getAddress()).getPort(), server::stop);
        }
    };

    abstract Host start(Map<String, HttpServlet> servlets) throws Exception;

    private static Host host(int port, AutoCloseable stop) {
        return new Host() {
            @Override
            public URI base() {
                return URI.create("http://127.0.0.1:" + port);
            }

            @Override
            public void close() {
                try {
                    stop.close();
                } catch (Exception e) {
                    throw new IllegalStateException("the server does not stop", e);
                }
            }
        };
    }
}
