package io.farebox.sample;

import java.io.IOException;
import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Shows a newcomer one payment as soon as the API is up, and what to type next. */
@Component
@Profile("!quiet")
class Tour {
    private final boolean demo;
    private final String config;

    /** @param config a price list of the user's own, or empty: then the tour knows what is priced */
    Tour(@Value("${sample.demo:true}") boolean demo, @Value("${farebox.config:}") String config) {
        this.demo = demo;
        this.config = config;
    }

    @EventListener
    void started(WebServerInitializedEvent event) {
        String base = "http://localhost:" + event.getWebServer().getPort();
        Thread.ofVirtual().start(() -> show(base));
    }

    private void show(String base) {
        if (!config.isEmpty()) {
            System.out.printf("%nThe API is up at %s, priced by %s.%n%n", base, config);
            return;
        }
        if (demo) {
            System.out.println("\nA payment, as a client sees it:\n");
            try {
                new PayingClient(System.out).request("GET", URI.create(base + "/api/weather/oslo"), "");
            } catch (IOException | RuntimeException e) {
                System.out.println("The demo payment did not work: " + e.getMessage());
            }
        }
        System.out.printf("""

                The priced API is up. In another terminal:

                  curl -i %1$s/api/health                      free
                  curl -i %1$s/api/weather/oslo                402: what it costs and how to pay
                  ./farebox pay %1$s/api/weather/oslo          pays and shows the receipt
                  ./farebox pay '%1$s/api/markets/ABC?depth=full'
                  ./farebox pay %1$s/api/reports POST '{"portfolio":"mine"}'

                Prices stand in sample-app/src/main/resources/application.yml. Stop with Ctrl-C.
                %n""", base);
    }
}
