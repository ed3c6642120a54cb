package io.farebox.testkit.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.farebox.gate.Book;
import io.farebox.gate.BookDesk;
import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import org.junit.jupiter.api.Test;

final class InMemoryBookTest extends BookContract {
    private final InMemoryBook memory = new InMemoryBook();

    @Override
    protected Book open() {
        return new InMemoryBook();
    }

    @Override
    protected BookDesk desk(Book opened) {
        return ((InMemoryBook) opened).desk();
    }

    @Test
    void failure_changesNothing() {
        memory.failNext(1);

        assertThatExceptionOfType(BookUnavailableException.class).isThrownBy(() -> memory.claim(FIRST.toRequest()));
        assertThat(memory.all()).isEmpty();
        assertThat(memory.claim(FIRST.toRequest())).isInstanceOf(ClaimResult.Claimed.class);
    }

    @Test
    void lostAnswer_isWrittenAllTheSame() {
        memory.loseAnswers(1);

        assertThatExceptionOfType(BookUnavailableException.class).isThrownBy(() -> memory.claim(FIRST.toRequest()));
        assertThat(memory.all()).extracting(PaymentRecord::state).containsExactly(PaymentState.CLAIMED);
    }
}
