package io.farebox.settlement;

import io.farebox.gate.GateListener;
import io.farebox.gate.Pause;
import io.farebox.pricing.FareboxConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * What a {@link Farebox} is opened with besides its configuration.
 *
 * @param listener hears of everything
 * @param supported waits between two questions what a facilitator supports
 * @param book opens the book
 * @param look how often what may change is looked at: the configuration file, and other replicas
 * @param quiet how long a changed file must have been the same before it is read
 */
record Setup(
        GateListener listener,
        Pause supported,
        Function<FareboxConfig, OpenBook> book,
        Duration look,
        Duration quiet,
        InstantSource clock) {
    static Setup usual(GateListener listener) {
        return new Setup(
                listener,
                Pause.sleeping(),
                OpenBook::of,
                Duration.ofMillis(250),
                Duration.ofMillis(500),
                InstantSource.system());
    }

    Setup supported(Pause other) {
        return new Setup(listener, other, book, look, quiet, clock);
    }

    Setup book(Function<FareboxConfig, OpenBook> other) {
        return new Setup(listener, supported, other, look, quiet, clock);
    }

    Setup times(Duration newLook, Duration newQuiet) {
        return new Setup(listener, supported, book, newLook, newQuiet, clock);
    }
}
