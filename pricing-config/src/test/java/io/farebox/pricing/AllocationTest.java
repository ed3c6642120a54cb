package io.farebox.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.farebox.gate.GateRequest;
import io.farebox.gate.Pricing;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private static final int ROUTES = 1_000;
    private static final int WARM_UP = 20_000;
    private static final int CALLS = 10_000;
    private static final int MOST_BYTES = 100;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private int told;

    @Test
    void price_allocatesNextToNothingAmongAThousandRoutes() {
        PriceBook book = book();
        for (String target : List.of(
                "/v1/section17/items/42/detail",
                "/V1/Section999/%69tems/42/detail/",
                "/v1/search500?depth=full&page=2",
                "/v1/section17/items/42/detail/more",
                "/free/of/charge/and/long/and/unknown/to/everybody",
                "/health",
                "/v1/%C3%BCber/\u0141/%65",
                "/v1/search500?+_depth+=+full%20")) {
            GateRequest request = Fixtures.get(target);
            ask(book, request, WARM_UP);
            long before = threads.getCurrentThreadAllocatedBytes();
            ask(book, request, CALLS);
            long perCall = (threads.getCurrentThreadAllocatedBytes() - before) / CALLS;
            assertThat(perCall).as(target).isLessThanOrEqualTo(MOST_BYTES);
        }
        assertThat(told).isPositive();
    }

    private void ask(PriceBook book, GateRequest request, int times) {
        for (int i = 0; i < times; i++) if (!(book.price(request) instanceof Pricing.Free)) told++;
    }

    private static PriceBook book() {
        List<String> routes = new ArrayList<>();
        for (int i = 0; i < ROUTES; i += 2) {
            routes.add("match: \"GET /v1/section" + (i + 1) + "/items/{id}/detail\", price: \"$0.01\"");
            routes.add("match: \"GET /v1/search" + i
                    + "\", price: { default: \"$0.01\", rules: [{ query: { depth: full }, price: \"$0.05\" }] }");
        }
        routes.add("match: /health, free: true");
        return PriceBook.from(Fixtures.routes(routes.toArray(String[]::new)));
    }
}
