package io.farebox.settlement;

import io.farebox.gate.Digests;
import io.farebox.pricing.PriceBook;
import io.farebox.pricing.PublishedPrices;
import java.nio.charset.StandardCharsets;

/** A price book that is ready to be published, or was. */
record Version(PriceBook book, PublishedPrices prices, String digest) {
    static Version of(PriceBook book) {
        PublishedPrices prices = book.published();
        return new Version(book, prices, Digests.sha256(prices.text().getBytes(StandardCharsets.UTF_8)));
    }

    String id() {
        return book.version();
    }
}
