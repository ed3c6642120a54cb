package io.farebox.kills;

import io.farebox.testkit.facilitator.Authorization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The one chain that facilitators in processes of their own share: served here, asked there. */
final class ChainServer {
    private ChainServer() {}

    static LoopbackServer serve(Chain chain) {
        return LoopbackServer.start(0, (asked, reply) -> {
            String[] words = asked.target().split("/");
            Authorization authorization = new Authorization(words[2], words[3]);
            boolean yes = words[1].equals("charge")
                    ? chain.charge(authorization, new BigInteger(words[4]), words[5])
                    : chain.isCharged(authorization);
            reply.json(Boolean.toString(yes));
        });
    }

    /** The chain behind a port. */
    static Chain at(int port) {
        return new Far(port);
    }

    private static final class Far implements Chain {
        private final int port;
        private final Queue<Wire> idle = new ConcurrentLinkedQueue<>();

        private Far(int port) {
            this.port = port;
        }

        @Override
        public boolean charge(Authorization authorization, BigInteger amount, String facilitator) {
            return ask(
                    "/charge/" + authorization.from() + "/" + authorization.nonce() + "/" + amount + "/" + facilitator);
        }

        @Override
        public boolean isCharged(Authorization authorization) {
            return ask("/charged/" + authorization.from() + "/" + authorization.nonce());
        }

        private boolean ask(String question) {
            try {
                Wire pooled = idle.poll();
                Wire wire = pooled == null ? new Wire(port) : pooled;
                boolean yes = Boolean.parseBoolean(wire.get(question).text());
                idle.add(wire);
                return yes;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
