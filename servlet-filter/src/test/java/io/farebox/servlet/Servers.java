package io.farebox.servlet;

import io.farebox.testkit.host.Host;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** The containers under test, in this process, with filters in order and servlets by mapping. */
enum Servers {
    TOMCAT {
        @Override
        Host start(String contextPath, List<Filter> filters, Map<String, HttpServlet> servlets) throws Exception {
            return tomcat(contextPath, filters, servlets);
        }
    },
    JETTY {
        @Override
        Host start(String contextPath, List<Filter> filters, Map<String, HttpServlet> servlets) throws Exception {
            return JettyServer.start(contextPath, filters, servlets);
        }
    };

    /** Those on the class path of this run. */
    static Stream<Servers> here() {
        String names = System.getProperty("under.test.servers", "TOMCAT,JETTY");
        return Stream.of(names.split(",")).map(Servers::valueOf);
    }

    static final EnumSet<DispatcherType> ALL = EnumSet.allOf(DispatcherType.class);

    abstract Host start(String contextPath, List<Filter> filters, Map<String, HttpServlet> servlets) throws Exception;

    private static Host tomcat(String contextPath, List<Filter> filters, Map<String, HttpServlet> servlets)
            throws IOException, LifecycleException {
        Path folder = Files.createTempDirectory("farebox-tomcat");
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setSilent(true);
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("acceptCount", "2000");
        tomcat.setConnector(connector);
        Context context = tomcat.addContext(contextPath, folder.toString());
        servlets.forEach((mapping, servlet) -> {
            Tomcat.addServlet(context, mapping, servlet).setAsyncSupported(true);
            context.addServletMappingDecoded(mapping, mapping);
        });
        for (int i = 0; i < filters.size(); i++) map(context, "filter" + i, filters.get(i));
        tomcat.start();
        return host(connector.getLocalPort(), () -> {
            tomcat.stop();
            tomcat.destroy();
            Files.walk(folder)
                    .sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        });
    }

    private static void map(Context context, String name, Filter filter) {
        FilterDef definition = new FilterDef();
        definition.setFilterName(name);
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName(name);
        map.addURLPatternDecoded("/*");
        ALL.forEach(type -> map.setDispatcher(type.name()));
        context.addFilterMap(map);
    }

    static Host host(int port, AutoCloseable stop) {
        URI base = URI.create("http://" + new InetSocketAddress("127.0.0.1", port).getHostString() + ":" + port);
        return new Host() {
            @Override
            public URI base() {
                return base;
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
