package io.kairos.test.contract;

import java.util.Random;

/** Packets for tests: repeatable from a seed. */
public final class Packets {

    /** The shortest packet that every medium has to carry; frames of 19 bytes and less are dropped by stream media. */
    public static final int SHORTEST = 20;

    private Packets() {}

    /** {@code count} packets of random content, the first with all byte values, of random sizes up to {@code most}. */
    public static byte[][] random(long seed, int count, int most) {
        Random random = new Random(seed);
        byte[][] packets = new byte[count][];
        for (int i = 0; i < count; i++) {
            int span = Math.max(1, most - SHORTEST + 1);
            int size =
                    i == 0 ? Math.min(most, 256) : SHORTEST + random.nextInt(i % 8 == 1 ? span : Math.min(span, 700));
            packets[i] = new byte[i == 2 ? most : size];
            random.nextBytes(packets[i]);
            if (i % 5 == 4) {
                specials(packets[i]);
            }
        }
        for (int i = 0; i < packets[0].length; i++) {
            packets[0][i] = (byte) (i + seed);
        }
        return packets;
    }

    /** A packet whose content depends on {@code number} and that can be told from any other by it. */
    public static byte[] numbered(int number, int size) {
        byte[] packet = new byte[size];
        new Random(number).nextBytes(packet);
        for (int i = 0; i < 4; i++) {
            packet[i] = (byte) (number >>> (24 - 8 * i));
        }
        return packet;
    }

    /** The number in a packet of {@link #numbered}. */
    public static int number(byte[] packet) {
        return (packet[0] & 255) << 24 | (packet[1] & 255) << 16 | (packet[2] & 255) << 8 | packet[3] & 255;
    }

    /** Nothing but bytes that framings treat specially. */
    private static void specials(byte[] packet) {
        byte[] special = {0x7E, 0x7D, 0x5E, 0x5D, (byte) 0xC0, (byte) 0xDB, (byte) 0xDC, (byte) 0xDD};
        for (int i = 0; i < packet.length; i++) {
            packet[i] = special[(packet[i] & 255) % special.length];
        }
    }
}
