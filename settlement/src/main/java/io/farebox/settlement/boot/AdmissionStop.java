package io.farebox.settlement.boot;

import io.farebox.settlement.Farebox;
import org.springframework.context.SmartLifecycle;

/**
 * Closes admission before anything else of a stopping application stops: a web server that shuts down gracefully goes on serving
 * connections that it has, and what is granted then might not end in time.
 */
final class AdmissionStop implements SmartLifecycle {
    private final Farebox farebox;
    private volatile boolean running;

    AdmissionStop(Farebox farebox) {
        this.farebox = farebox;
    }

    @Override
    public void start() {
        running = true;
        farebox.resumeAdmitting();
    }

    @Override
    public void stop() {
        running = false;
        farebox.stopAdmitting();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The default phase: the last to start and the first to stop, before a server's graceful shutdown. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
