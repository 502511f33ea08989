package io.kairos.transport.rnode;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** What a device has answered to the question what it is. Owned by the thread that reads it. */
final class Answers {

    /** Most radios of one device. */
    static final int MOST_RADIOS = 11;

    private final Map<Integer, Integer> chips = new TreeMap<>();
    private boolean detected;
    private Firmware firmware;
    private int platform = -1;
    private int mcu = -1;
    private int board = -1;

    void take(int command, ByteBuffer payload) {
        if (!payload.hasRemaining()) {
            return;
        }
        int first = Byte.toUnsignedInt(payload.get(0));
        switch (command) {
            case Commands.DETECT -> detected |= first == Commands.DETECT_ANSWER;
            case Commands.PLATFORM -> platform = first;
            case Commands.MCU -> mcu = first;
            case Commands.BOARD -> board = first;
            case Commands.FIRMWARE -> {
                if (payload.remaining() >= 2) {
                    firmware = new Firmware(first, Byte.toUnsignedInt(payload.get(1)));
                }
            }
            case Commands.RADIOS -> {
                if (payload.remaining() >= 2 && first < MOST_RADIOS) {
                    chips.put(first, Byte.toUnsignedInt(payload.get(1)));
                }
            }
            default -> {
                // no answer to what was asked
            }
        }
    }

    boolean isDetected() {
        return detected;
    }

    Optional<Firmware> firmware() {
        return Optional.ofNullable(firmware);
    }

    /** Whether the rest was told too; old firmware may not. */
    boolean isComplete(int radios) {
        return detected && firmware != null && platform >= 0 && mcu >= 0 && chips.size() >= radios;
    }

    boolean hasDisplay() {
        return platform == Commands.PLATFORM_ESP32 || platform == Commands.PLATFORM_NRF52;
    }

    OptionalInt platform() {
        return platform < 0 ? OptionalInt.empty() : OptionalInt.of(platform);
    }

    OptionalInt board() {
        return board < 0 ? OptionalInt.empty() : OptionalInt.of(board);
    }

    /** Code of a radio's chip, by its index. */
    Map<Integer, Integer> chips() {
        return Map.copyOf(chips);
    }
}
