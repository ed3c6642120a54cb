package io.farebox.servlet.boot;

import io.farebox.gate.PaymentGate;
import io.farebox.servlet.UpstreamServer;
import io.farebox.testkit.host.Host;
import io.farebox.testkit.host.PaymentFilterContract;
import io.farebox.testkit.host.Resource;
import java.net.URI;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** The filter in front of Spring Cloud Gateway Server WebMVC, with the resource on another server. */
class GatewayMvcPaymentFilterTest extends PaymentFilterContract {
    @EnableAutoConfiguration
    static class Gateway {}

    @Override
    protected Host start(PaymentGate gate, Resource resource) throws Exception {
        Host upstream = UpstreamServer.start(resource);
        String route = "--spring.cloud.gateway.server.webmvc.routes[0].";
        ConfigurableApplicationContext context = BootServer.run(
                Gateway.class,
                gate,
                route + "id=all",
                route + "uri=" + upstream.base(),
                // Not /error: the container asks for it itself, and would get the upstream's.
                route + "predicates[0]=Path=/paid/**,/upfront/**,/members/**,/free/**,/other",
                "--server.tomcat.accept-count=2000");
        return new Host() {
            @Override
            public URI base() {
                return BootServer.base(context);
            }

            @Override
            public void close() {
                context.close();
                upstream.close();
            }
        };
    }
}
