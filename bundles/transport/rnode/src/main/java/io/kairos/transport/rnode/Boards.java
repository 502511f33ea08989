package io.kairos.transport.rnode;

import java.util.Map;
import java.util.OptionalInt;

/** The boards that RNode firmware knows, by the code they answer with. A new board is a line here and works without. */
final class Boards {

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0x31, "RNode 1"),
            Map.entry(0x32, "home-made, ATmega2560"),
            Map.entry(0x33, "LilyGO T-Beam"),
            Map.entry(0x34, "Adafruit Huzzah32"),
            Map.entry(0x35, "home-made, ESP32"),
            Map.entry(0x36, "LilyGO LoRa32 2.0"),
            Map.entry(0x37, "LilyGO LoRa32 2.1"),
            Map.entry(0x38, "Heltec LoRa32 2"),
            Map.entry(0x39, "LilyGO LoRa32 1.0"),
            Map.entry(0x3a, "Heltec LoRa32 3"),
            Map.entry(0x3b, "LilyGO T-Deck"),
            Map.entry(0x3c, "Heltec T114"),
            Map.entry(0x3d, "LilyGO T-Beam Supreme"),
            Map.entry(0x3e, "Seeed XIAO ESP32-S3"),
            Map.entry(0x3f, "Heltec LoRa32 4"),
            Map.entry(0x40, "RNode 2.0"),
            Map.entry(0x41, "RNode 2.1"),
            Map.entry(0x42, "LilyGO T3-S3"),
            Map.entry(0x44, "LilyGO T-Echo"),
            Map.entry(0x50, "home-made, nRF52"),
            Map.entry(0x51, "RAK4631"));

    private Boards() {}

    /** What a device is, as well as it can be told. */
    static String name(OptionalInt board, OptionalInt platform) {
        if (board.isPresent() && NAMES.containsKey(board.getAsInt())) {
            return NAMES.get(board.getAsInt());
        }
        return switch (platform.orElse(0)) {
            case Commands.PLATFORM_AVR -> "RNode, AVR";
            case Commands.PLATFORM_ESP32 -> "RNode, ESP32";
            case Commands.PLATFORM_NRF52 -> "RNode, nRF52";
            default -> "RNode";
        };
    }
}
