package io.kairos.transport.local;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * One buffer outside of the heap, where native sockets want it, for each reading thread: what a read brings in is decoded
 * before the next read.
 */
final class ReadBuffers extends DefaultMaxMessagesRecvByteBufAllocator {

    private static final int BYTES = 65_536;

    private final FastThreadLocal<ByteBuf> buffers = new FastThreadLocal<>() {
        @Override
        protected ByteBuf initialValue() {
            return Unpooled.directBuffer(BYTES, BYTES);
        }

        @Override
        protected void onRemoval(ByteBuf buffer) {
            buffer.release();
        }
    };

    ReadBuffers() {
        super(4);
    }

    @Override
    @SuppressWarnings("deprecation") // the type of the method is Netty's
    public RecvByteBufAllocator.Handle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public ByteBuf allocate(ByteBufAllocator unused) {
                return buffers.get().clear().retain();
            }

            @Override
            public int guess() {
                return BYTES;
            }
        };
    }
}
