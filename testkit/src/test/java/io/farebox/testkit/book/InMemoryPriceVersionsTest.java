package io.farebox.testkit.book;

import io.farebox.gate.PriceVersions;

final class InMemoryPriceVersionsTest extends PriceVersionsContract {
    @Override
    protected PriceVersions open() {
        return new InMemoryBook();
    }
}
