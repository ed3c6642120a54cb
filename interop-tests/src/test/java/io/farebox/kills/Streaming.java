package io.farebox.kills;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/** The resource: a body in three parts with time between them. Whatever else is asked for is short. */
final class Streaming implements LoopbackServer.Handler {
    static final String PATH = "/weather";
    static final String FREE = "/free";
    static final int LENGTH = 3 * 4_000;

    private final Duration work;
    private final Moments moments;

    Streaming(Duration work, Moments moments) {
        this.work = work;
        this.moments = moments;
    }

    @Override
    public void answer(LoopbackServer.Asked asked, LoopbackServer.Reply reply) throws IOException {
        if (!asked.target().startsWith(PATH)) {
            reply.json("{}");
            return;
        }
        moments.at(KillPoint.RESOURCE_ASKED);
        Pauses.upTo(work);
        byte[] part = new byte[LENGTH / 3];
        Arrays.fill(part, (byte) '.');
        reply.begin();
        for (int i = 0; i < 3; i++) {
            reply.part(part);
            Pauses.upTo(work);
        }
        reply.end();
        moments.at(KillPoint.RESOURCE_ANSWERED);
    }
}
