package io.farebox.servlet;

/** Where settlement waits when the calling thread must not: a virtual thread of its own. */
final class Background {
    private Background() {}

    static void run(Runnable task) {
        Thread.ofVirtual().name("farebox-settle").start(task);
    }
}
