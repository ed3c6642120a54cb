package io.farebox.servlet;

import io.farebox.gate.GateResponse;
import io.farebox.gate.Grant;
import io.farebox.gate.PaymentGate;
import io.farebox.gate.Settlement;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One granted request, from admission to the end of its answer. It holds the first bytes back until the gate has settled, and
 * then either lets everything pass or throws everything away and answers what the gate says; in the end it tells the gate,
 * once, how the answer ended.
 *
 * <p>Safe for the threads of an asynchronous request. Whoever writes may wait here for the settlement; who may not wait (a
 * container's event) only uses {@link #end}, {@link #failed} and the questions.
 */
final class PaidExchange {
    /** How far the answer is. */
    enum Phase {
        /** Nobody has paid yet; nothing has left. */
        HOLDING,
        /** The gate lets the resource's answer go. */
        PASSING,
        /** The gate's answer goes instead. */
        REPLACED,
        /** Over without an answer of the resource. */
        ENDED
    }

    private static final int SMALLEST_PART = 1024;

    private final PaymentGate gate;
    private final Grant grant;
    private final HttpServletResponse response;
    private final boolean head;
    private final HeadSnapshot before;
    private final HeldBody held = new HeldBody();
    private final Delivery delivery = new Delivery();
    private final ReentrantLock lock = new ReentrantLock();

    private volatile Phase phase = Phase.HOLDING;
    private volatile boolean over;
    private volatile String overReason = "resource_error";
    private boolean charged;
    private byte[] pending = {};
    private @Nullable Supplier<Map<String, String>> trailers;

    /** @param head whether the request is a {@code HEAD}, whose answer has no body whatever the resource writes */
    PaidExchange(PaymentGate gate, Grant grant, HttpServletResponse response, boolean head) {
        this.gate = gate;
        this.grant = grant;
        this.response = response;
        this.head = head;
        this.before = new HeadSnapshot(response);
    }

    Delivery delivery() {
        return delivery;
    }

    boolean isHolding() {
        return phase == Phase.HOLDING;
    }

    boolean isPassing() {
        return phase == Phase.PASSING;
    }

    /** Whether what the resource says of its answer is of no interest any more. */
    boolean isClosed() {
        return phase == Phase.REPLACED || phase == Phase.ENDED;
    }

    void trailers(Supplier<Map<String, String>> supplier) {
        if (isPassing()) response.setTrailerFields(supplier);
        else trailers = supplier;
    }

    /** Forgets the held part of the body. @throws IllegalStateException if the answer is on its way */
    void resetBody() {
        if (isPassing()) throw new IllegalStateException("the answer is committed");
        held.clear();
        delivery.restart();
    }

    /** Takes a part of the body; waits for the settlement when there is more than is held. */
    void write(byte[] bytes, int offset, int length) throws IOException {
        if (isHolding()) {
            delivery.wrote(length);
            if (held.hasRoomFor(length)) {
                held.add(bytes, offset, length);
                return;
            }
            settle(response.getStatus(), false);
            sendPending();
        } else if (isPassing()) {
            delivery.wrote(length);
        }
        requirePassing();
        send(bytes, offset, length);
    }

    /** Takes a part of the body without ever waiting. @return whether there is room for more */
    boolean hold(byte[] bytes, int offset, int length) {
        delivery.wrote(length);
        held.add(bytes, offset, length);
        return held.hasRoomFor(1);
    }

    /** Settles if need be, and sends what there is. */
    void flush() throws IOException {
        settle(response.getStatus(), false);
        sendPending();
        requirePassing();
        sendBuffered();
    }

    /** The resource has said all it has to say: settles if need be, and sends the rest. Does nothing the second time. */
    void finish() {
        settle(response.getStatus(), true);
        try {
            sendPending();
            if (isPassing()) sendBuffered();
        } catch (IOException e) {
            // Noted by the delivery; the container finds the connection broken by itself.
        }
    }

    /** Settles for an answer that the container makes: a redirect or an error page. @return whether it may be made */
    boolean settleWithoutBody(int status) {
        if (!isHolding()) return isPassing();
        resetBody();
        settle(status, false);
        sendReplacement();
        if (isPassing()) delivery.handedOver();
        return isPassing();
    }

    /**
     * Settles once, however often and from wherever it is called, and prepares what is to be sent: {@link #takePending}.
     *
     * @param whole whether the held bytes are the whole body
     */
    void settle(int status, boolean whole) {
        if (!isHolding()) return;
        lock.lock();
        try {
            if (isHolding() && !over) settled(gate.settle(grant, status), whole);
        } finally {
            lock.unlock();
        }
        if (over) end(overReason);
    }

    private void settled(Settlement settlement, boolean whole) {
        switch (settlement) {
            case Settlement.Settled s -> pass(true, whole);
            case Settlement.NotDue n -> pass(false, whole);
            case Settlement.Failed failed -> replace(failed.response());
            case Settlement.Unknown unknown -> replace(unknown.response());
        }
    }

    private void pass(boolean paid, boolean whole) {
        charged = paid;
        phase = Phase.PASSING;
        if (over) return;
        pending = held.take();
        try {
            gate.completeAnswer(grant, new ResponseHeaders(response));
            if (trailers != null) response.setTrailerFields(trailers);
            else if (whole && delivery.promised() < 0 && pending.length > 0) response.setContentLength(pending.length);
        } catch (RuntimeException e) {
            delivery.failed("container_error"); // it has given the response up, by a timeout for example
        }
    }

    private void replace(GateResponse answer) {
        held.take();
        phase = Phase.REPLACED;
        if (over) return;
        try {
            before.restore();
            GateAnswers.head(answer, response);
            pending = head ? new byte[0] : answer.body();
        } catch (RuntimeException e) {
            // The container has given the response up; what was held is gone all the same.
        }
    }

    /** What is to be sent first; the caller sends it. */
    byte[] takePending() {
        byte[] bytes = pending;
        pending = new byte[0];
        return bytes;
    }

    private void sendPending() throws IOException {
        if (isPassing()) {
            byte[] bytes = takePending();
            if (bytes.length > 0) send(bytes, 0, bytes.length);
        }
        sendReplacement();
    }

    private void sendReplacement() {
        if (phase != Phase.REPLACED || response.isCommitted()) return;
        try {
            byte[] bytes = takePending();
            if (bytes.length > 0) response.getOutputStream().write(bytes);
            response.flushBuffer();
        } catch (IOException e) {
            // The client is gone; it owes nothing and is owed nothing.
        }
    }

    /**
     * Sends in parts of the container's buffer: a write blocks for as long as the client reads, and what it has read by then
     * must be in the account when it leaves.
     */
    private void send(byte[] bytes, int offset, int length) throws IOException {
        try {
            OutputStream out = response.getOutputStream();
            int buffer = response.getBufferSize();
            int part = Math.max(SMALLEST_PART, buffer);
            for (int done = 0; done < length; ) {
                int now = Math.min(part, length - done);
                out.write(bytes, offset + done, now);
                delivery.accepted(now, buffer);
                done += now;
            }
        } catch (IOException | IllegalStateException e) {
            delivery.clientGone();
            throw e;
        }
    }

    private void sendBuffered() throws IOException {
        try {
            response.flushBuffer();
            delivery.flushed();
        } catch (IOException | IllegalStateException e) {
            delivery.clientGone();
            throw e;
        }
    }

    private void requirePassing() throws PaymentNotSettledException {
        if (!isPassing()) throw new PaymentNotSettledException();
    }

    /** The resource failed. Before settlement that ends the exchange, uncharged; afterwards it breaks the answer off. */
    void failed(String reason) {
        if (isHolding()) end(reason);
        else delivery.failed(reason);
    }

    /** Takes back all that the resource said, for the container's error page. */
    void takeBack() {
        if (!isPassing() && phase != Phase.REPLACED && !response.isCommitted()) before.restore();
    }

    /** The exchange is over: tells the gate how it ended. Never waits; a settlement under way tells it when it is done. */
    void end(String reasonIfHolding) {
        if (!over) {
            overReason = reasonIfHolding;
            over = true;
        }
        if (!lock.tryLock()) return;
        try {
            tell();
        } finally {
            lock.unlock();
        }
    }

    private void tell() {
        if (isHolding()) {
            phase = Phase.ENDED;
            held.clear();
            gate.release(grant, overReason);
        } else if (isPassing() && charged) {
            String broken = delivery.brokenOff(head, response.getStatus());
            if (broken == null) gate.delivered(grant);
            else gate.brokenOff(grant, broken);
        }
    }
}
