package io.kairos.test.rnode;

import java.io.ByteArrayOutputStream;
import java.util.function.BiConsumer;

/** The firmware's side of the framing, written on its own so that the tests do not test a codec with itself. */
final class Kiss {

    private final BiConsumer<Integer, byte[]> commands;
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
    private boolean inside;
    private boolean escaped;

    Kiss(BiConsumer<Integer, byte[]> commands) {
        this.commands = commands;
    }

    void feed(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            int next = bytes[i] & 0xff;
            if (next == 0xc0) {
                end();
                inside = true;
            } else if (inside) {
                collect(next);
            }
        }
    }

    private void end() {
        byte[] whole = frame.toByteArray();
        frame.reset();
        escaped = false;
        if (inside && whole.length > 0) {
            byte[] payload = new byte[whole.length - 1];
            System.arraycopy(whole, 1, payload, 0, payload.length);
            commands.accept(whole[0] & 0xff, payload);
        }
    }

    private void collect(int next) {
        if (frame.size() == 0) {
            frame.write(next);
        } else if (escaped) {
            frame.write(next == 0xdc ? 0xc0 : next == 0xdd ? 0xdb : next);
            escaped = false;
        } else if (next == 0xdb) {
            escaped = true;
        } else if (frame.size() < 2_048) {
            frame.write(next);
        }
    }

    static byte[] frame(int command, int... payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0xc0);
        out.write(command);
        for (int value : payload) {
            switch (value & 0xff) {
                case 0xc0 -> {
                    out.write(0xdb);
                    out.write(0xdc);
                }
                case 0xdb -> {
                    out.write(0xdb);
                    out.write(0xdd);
                }
                default -> out.write(value);
            }
        }
        out.write(0xc0);
        return out.toByteArray();
    }

    static int[] ints(byte[] bytes) {
        int[] ints = new int[bytes.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = bytes[i] & 0xff;
        }
        return ints;
    }
}
