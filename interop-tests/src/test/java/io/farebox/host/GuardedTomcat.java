package io.farebox.host;

import io.farebox.servlet.PaymentFilter;
import io.farebox.settlement.Farebox;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** Tomcat on loopback with the payment filter in front of one servlet, which answers whatever the path is. */
public final class GuardedTomcat {
    private final Tomcat tomcat = new Tomcat();

    /**
     * Starts nothing yet.
     *
     * @param port 0 for any that is free
     * @param folder Tomcat's own
     */
    public GuardedTomcat(Farebox farebox, int port, Path folder, HttpServlet servlet) {
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(port);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context =
                tomcat.addContext("", folder.toAbsolutePath().getParent().toString());
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
        Tomcat.addServlet(context, "resource", servlet);
        context.addServletMappingDecoded("/", "resource");
    }

    /** Sets a property of its connector. */
    public GuardedTomcat set(String property, String value) {
        tomcat.getConnector().setProperty(property, value);
        return this;
    }

    public GuardedTomcat start() {
        try {
            tomcat.start();
            return this;
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    /** Waits until it is stopped. */
    public void await() {
        tomcat.getServer().await();
    }

    public void stop() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }
}
