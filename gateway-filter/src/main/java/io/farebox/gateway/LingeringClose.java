package io.farebox.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection without taking back the answer that was just written. A client that is still sending would be answered
 * with a reset, which can overtake the answer; so we first say that we have finished, and read on for a little while what it had
 * under way. Stands next to the socket, so that it also has the last word where there is TLS. Lives on one event loop.
 */
final class LingeringClose extends ChannelDuplexHandler {
    /** How much is read and thrown away at most. */
    static final int BYTES = 1024 * 1024;

    private static final int SECONDS = 5;

    private long left = BYTES;
    private @Nullable ChannelPromise closing;
    private @Nullable Future<?> patience;

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (closing != null || !(context.channel() instanceof DuplexChannel duplex) || !duplex.isActive()) {
            context.close(promise);
            return;
        }
        closing = promise;
        duplex.shutdownOutput();
        patience = duplex.eventLoop().schedule(() -> context.close(promise), SECONDS, TimeUnit.SECONDS);
        context.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ChannelPromise promise = closing;
        if (promise == null) {
            context.fireChannelRead(message);
            return;
        }
        left -= message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        ReferenceCountUtil.release(message);
        if (left <= 0) context.close(promise);
    }

    /** The client has hung up first. */
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (patience != null) patience.cancel(false);
        if (closing != null) closing.trySuccess();
        context.fireChannelInactive();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (closing == null) context.fireChannelReadComplete();
        else if (left > 0) context.read();
    }
}
