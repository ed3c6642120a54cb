package io.farebox.gateway;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.netty.resources.LoopResources;

/** That BlockHound watches these tests: without it they would not tell if an event loop waited. */
class BlockHoundTest {
    @Test
    void waitingOnAnEventLoop_isFoundOut() {
        LoopResources loops = LoopResources.create("watched", 1, true);
        try {
            var waits = loops.onServer(false).next().submit(() -> {
                Thread.sleep(1);
                return null;
            });
            assertThatThrownBy(() -> waits.get(5, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(BlockingOperationError.class);
        } finally {
            loops.disposeLater().block();
        }
    }
}
