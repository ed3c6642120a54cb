package io.farebox.chain.own;

/** What runs for one network. */
final class OwnNetwork implements AutoCloseable {
    private final OwnChain chain;
    private final TokenCheck tokens;
    private final SettlingDesk desk;
    private final SendingLoop loop;

    OwnNetwork(OwnChain chain, TokenCheck tokens) {
        Bell bell = new Bell();
        this.chain = chain;
        this.tokens = tokens;
        this.desk = new SettlingDesk(chain, bell);
        this.loop = new SendingLoop(chain, bell);
    }

    OwnChain chain() {
        return chain;
    }

    TokenCheck tokens() {
        return tokens;
    }

    SettlingDesk desk() {
        return desk;
    }

    void start() {
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
        chain.nodes().close();
    }
}
