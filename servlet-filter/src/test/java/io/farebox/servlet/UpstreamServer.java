package io.farebox.servlet;

import io.farebox.testkit.host.Host;
import io.farebox.testkit.host.Resource;
import java.util.List;
import java.util.Map;

/** A resource on a server of its own, without a filter. */
public final class UpstreamServer {
    private UpstreamServer() {}

    public static Host start(Resource resource) throws Exception {
        return Servers.TOMCAT.start("", List.of(), Map.of("/*", new ResourceServlet(resource)));
    }
}
