package io.farebox.servlet.boot;

import io.farebox.gate.PaymentGate;
import io.farebox.servlet.PaymentFilter;
import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Starts a Boot application with the filter around a given gate. */
final class BootServer {
    private BootServer() {}

    static ConfigurableApplicationContext run(Class<?> application, PaymentGate gate, String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--logging.level.root=OFF"));
        all.addAll(List.of(arguments));
        SpringApplication boot = new SpringApplication(application);
        boot.addInitializers(context -> ((GenericApplicationContext) context)
                .registerBean(
                        PaymentFilterAutoConfiguration.FILTER, FilterRegistrationBean.class, () -> registration(gate)));
        return boot.run(all.toArray(String[]::new));
    }

    private static FilterRegistrationBean<PaymentFilter> registration(PaymentGate gate) {
        var registration = new FilterRegistrationBean<>(new PaymentFilter(gate));
        registration.setOrder(PaymentFilterAutoConfiguration.ORDER);
        registration.setAsyncSupported(true);
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        return registration;
    }

    static URI base(ConfigurableApplicationContext context) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }
}
