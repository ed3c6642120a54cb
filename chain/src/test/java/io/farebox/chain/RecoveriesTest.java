package io.farebox.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RecoveriesTest {
    private final RecordingLog log = new RecordingLog();

    @Test
    void choose_nativeLibraryWorks_isTakenSilently() {
        assertThat(Recoveries.choose(NativeRecovery::new, log).implementation()).isEqualTo("libsecp256k1");
        assertThat(log.warnings).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void choose_nativeLibraryDoesNotWork_takesTheOtherAndSaysSo(Supplier<EcdsaRecovery> loader) {
        assertThat(Recoveries.choose(loader, log).implementation()).isEqualTo("bouncycastle");
        assertThat(log.warnings).hasSize(1);
    }

    static Stream<Supplier<EcdsaRecovery>> choose_nativeLibraryDoesNotWork_takesTheOtherAndSaysSo() {
        return Stream.of(
                () -> {
                    throw new UnsatisfiedLinkError("no library");
                },
                () -> {
                    throw new IllegalStateException("not this system");
                },
                () -> new Answering(null),
                () -> new Answering(new byte[20]));
    }

    @Test
    void best_askedTwice_isLoadedOnce() {
        assertThat(Recoveries.best()).isSameAs(Recoveries.best());
        assertThat(Eip3009Verifier.create().implementation())
                .isEqualTo(Recoveries.best().implementation());
    }

    private record Answering(byte[] answer) implements EcdsaRecovery {
        @Override
        public byte[] signer(byte[] digest, EvmSignature.Plain signature) {
            return answer;
        }

        @Override
        public String implementation() {
            return "broken";
        }
    }

    private static final class RecordingLog implements System.Logger {
        final List<String> warnings = new ArrayList<>();

        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            warnings.add(level + " " + message);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... params) {
            warnings.add(level + " " + format);
        }
    }
}
