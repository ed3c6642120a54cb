package io.farebox.benchmarks.load;

import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jspecify.annotations.Nullable;

/** A Tomcat on loopback with its defaults, one servlet for everything and at most one filter. */
final class LoadServer {
    private LoadServer() {}

    /** Starts one; it ends with its process. @return its port */
    static int start(Servlet servlet, @Nullable Filter filter) throws IOException, LifecycleException {
        Path folder = Files.createTempDirectory("farebox-load");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(folder)));
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setSilent(true);
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        // The same connections serve a whole run.
        connector.setProperty("maxKeepAliveRequests", "-1");
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "resource", servlet).setAsyncSupported(true);
        context.addServletMappingDecoded("/*", "resource");
        if (filter != null) map(context, filter);
        tomcat.start();
        return connector.getLocalPort();
    }

    private static void map(Context context, Filter filter) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("filter");
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName("filter");
        map.addURLPatternDecoded("/*");
        context.addFilterMap(map);
    }
}
