package io.farebox.app.operate;

import io.farebox.gate.BalanceDesk;
import io.farebox.pricing.AdminConfig;
import io.farebox.settlement.Farebox;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.context.annotation.Bean;
import org.springframework.web.server.WebFilter;

/** The API is on the management port or nowhere: where that is the port of the routes, there is none. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
public class OperatorApiConfiguration {
    /** Passes everything on if nobody may use the API: then there is none. */
    @Bean
    WebFilter fareboxOperatorApi(ObjectProvider<Farebox> farebox) {
        Farebox open = farebox.getIfAvailable();
        AdminConfig admin =
                open == null ? AdminConfig.NONE : open.prices().config().admin();
        if (open == null || admin.isNone()) return (exchange, chain) -> chain.filter(exchange);
        BalanceDesk balances =
                open.balances().orElseThrow(() -> new IllegalStateException("this book has no balances"));
        InstantSource clock = InstantSource.system();
        return new OperatorApi(
                new OperatorDesk(open.operations()),
                new BalancesDesk(balances, clock),
                new AdminAccess(admin),
                new FailureBudget(clock));
    }
}
