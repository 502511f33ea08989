package io.kairos.transport.tcp;

import io.kairos.lib.framing.FrameDecoder;
import io.kairos.lib.framing.Hdlc;
import io.kairos.lib.framing.HdlcStreamDecoder;
import io.kairos.lib.framing.Kiss;
import io.kairos.lib.framing.KissDecoder;
import java.nio.ByteBuffer;

/** How packets are marked off on the stream (docs/protocol/packet.md). */
enum Framing {
    HDLC {
        @Override
        FrameDecoder decoder(int longest) {
            return HdlcStreamDecoder.forInterface(longest);
        }

        @Override
        void encode(ByteBuffer packet, ByteBuffer out) {
            Hdlc.encode(packet, out);
        }
    },

    KISS {
        @Override
        FrameDecoder decoder(int longest) {
            return new KissDecoder(longest);
        }

        @Override
        void encode(ByteBuffer packet, ByteBuffer out) {
            Kiss.encode(packet, out);
        }
    };

    /** A decoder for packets of {@code longest} bytes; how much more it takes is up to the framing. */
    abstract FrameDecoder decoder(int longest);

    /** Writes one frame of at most {@link #worstCase} bytes. */
    abstract void encode(ByteBuffer packet, ByteBuffer out);

    /** Most bytes that a packet of {@code length} takes as a frame, whatever the framing. */
    static int worstCase(int length) {
        return Math.max(Hdlc.maximumFrameBytes(length), Kiss.maximumFrameBytes(length));
    }
}
