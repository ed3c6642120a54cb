package io.farebox.sample;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Weather: a fixed price, a slow answer and a stream. It knows nothing of payments. */
@RestController
class WeatherController {
    private static final int MOST_LINES = 1_000;

    @GetMapping("/api/weather/{city}")
    Map<String, Object> weather(@PathVariable String city) {
        return forecast(city, 0);
    }

    /** Takes its time, as a model run would. */
    @GetMapping("/api/weather/{city}/model-run")
    Map<String, Object> modelRun(@PathVariable String city, @RequestParam(defaultValue = "2000") long millis)
            throws InterruptedException {
        Thread.sleep(Duration.ofMillis(Math.clamp(millis, 0, 20_000)));
        return forecast(city, 7);
    }

    /** One line an hour, sent as it is made. */
    @GetMapping(path = "/api/weather/{city}/stream", produces = MediaType.APPLICATION_NDJSON_VALUE)
    StreamingResponseBody stream(@PathVariable String city, @RequestParam(defaultValue = "24") int hours) {
        return out -> {
            for (int hour = 0; hour < Math.clamp(hours, 1, MOST_LINES); hour++) {
                out.write("{\"hour\":%d,\"celsius\":%d}%n"
                        .formatted(hour, celsius(city, hour))
                        .getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        };
    }

    private static Map<String, Object> forecast(String city, int day) {
        return Map.of("city", city, "day", day, "celsius", celsius(city, day), "sky", "clear");
    }

    private static int celsius(String city, int shift) {
        return Math.floorMod(city.hashCode() + shift * 7, 40) - 5;
    }
}
