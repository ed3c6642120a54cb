package io.farebox.testkit.book;

final class InMemoryBalancesTest extends BalancesContract {
    @Override
    protected Opened open() {
        InMemoryBook book = new InMemoryBook();
        return new Opened(new InMemoryBalances(book), book);
    }
}
