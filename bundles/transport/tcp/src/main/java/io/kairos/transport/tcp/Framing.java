package io.kairos.transport.tcp;

/** How packets are marked off on the stream (docs/protocol/packet.md). */
enum Framing {
    HDLC {
        @Override
        FrameDecoder decoder(int longest) {
            return new HdlcDecoder(longest);
        }

        @Override
        int encode(byte[] packet, int offset, int length, byte[] to, int at) {
            int next = at;
            to[next++] = 0x7E;
            for (int i = offset; i < offset + length; i++) {
                byte value = packet[i];
                if (value == 0x7E || value == 0x7D) {
                    to[next++] = 0x7D;
                    value ^= 0x20;
                }
                to[next++] = value;
            }
            to[next++] = 0x7E;
            return next;
        }
    },

    KISS {
        @Override
        FrameDecoder decoder(int longest) {
            return new KissDecoder(longest);
        }

        @Override
        int encode(byte[] packet, int offset, int length, byte[] to, int at) {
            int next = at;
            to[next++] = (byte) 0xC0;
            to[next++] = 0;
            for (int i = offset; i < offset + length; i++) {
                byte value = packet[i];
                if (value == (byte) 0xC0 || value == (byte) 0xDB) {
                    to[next++] = (byte) 0xDB;
                    value = value == (byte) 0xC0 ? (byte) 0xDC : (byte) 0xDD;
                }
                to[next++] = value;
            }
            to[next++] = (byte) 0xC0;
            return next;
        }
    };

    /** A decoder that takes packets of at most {@code longest} bytes. */
    abstract FrameDecoder decoder(int longest);

    /** Writes one frame to {@code to} from {@code at}; returns where it ends. At most {@link #worstCase} bytes. */
    abstract int encode(byte[] packet, int offset, int length, byte[] to, int at);

    /** Most bytes that a packet of {@code length} takes as a frame. */
    static int worstCase(int length) {
        return 2 * length + 3;
    }
}
