package io.farebox.sample;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Market data: a price that depends on the query, and a report that is paid upfront. */
@RestController
class MarketController {
    @GetMapping("/api/markets/{symbol}")
    Map<String, Object> market(@PathVariable String symbol, @RequestParam(defaultValue = "top") String depth) {
        int levels = depth.equals("full") ? 50 : 1;
        int mid = 100 + Math.floorMod(symbol.hashCode(), 900);
        List<Map<String, Integer>> book = IntStream.rangeClosed(1, levels)
                .mapToObj(level -> Map.of("bid", mid - level, "ask", mid + level))
                .toList();
        return Map.of("symbol", symbol, "book", book);
    }

    @PostMapping("/api/reports")
    Map<String, Object> report(@RequestBody Map<String, Object> order) {
        return Map.of("report", "Positions by sector", "for", order.getOrDefault("portfolio", "all"), "pages", 12);
    }

    @GetMapping("/api/health")
    Map<String, String> health() {
        return Map.of("status", "UP");
    }
}
