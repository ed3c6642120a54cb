package io.farebox.servlet;

import io.farebox.gate.PaymentGate;
import io.farebox.testkit.host.Host;
import io.farebox.testkit.host.Resource;
import io.farebox.testkit.host.TokenContract;
import java.util.List;
import java.util.Map;

class TomcatTokenTest extends TokenContract {
    @Override
    protected Host start(PaymentGate gate, Resource resource) throws Exception {
        return Servers.TOMCAT.start("", List.of(new PaymentFilter(gate)), Map.of("/*", new ResourceServlet(resource)));
    }
}
