package io.kairos.transport.rnode;

/** The command bytes of RNode firmware that this transport uses (docs/protocol/rnode.md, section 3). */
final class Commands {

    static final int DATA = 0x00;
    static final int FREQUENCY = 0x01;
    static final int BANDWIDTH = 0x02;
    static final int TX_POWER = 0x03;
    static final int SPREADING_FACTOR = 0x04;
    static final int CODING_RATE = 0x05;
    static final int RADIO_STATE = 0x06;
    static final int DETECT = 0x08;
    static final int LEAVE = 0x0a;
    static final int SHORT_AIRTIME_LIMIT = 0x0b;
    static final int LONG_AIRTIME_LIMIT = 0x0c;
    static final int READY = 0x0f;
    static final int SELECT = 0x1f;
    static final int RECEIVED_PACKETS = 0x21;
    static final int SENT_PACKETS = 0x22;
    static final int RSSI = 0x23;
    static final int SNR = 0x24;
    static final int CHANNEL = 0x25;
    static final int PHYSICAL = 0x26;
    static final int BATTERY = 0x27;
    static final int CONTENTION = 0x28;
    static final int TEMPERATURE = 0x29;
    static final int FRAME_BUFFER = 0x41;
    static final int BOARD = 0x47;
    static final int PLATFORM = 0x48;
    static final int MCU = 0x49;
    static final int FIRMWARE = 0x50;
    static final int RESET = 0x55;
    static final int RADIOS = 0x71;
    static final int ERROR = 0x90;

    /** What {@link #DETECT} asks with. */
    static final int DETECT_REQUEST = 0x73;

    /** What {@link #DETECT} is answered with. */
    static final int DETECT_ANSWER = 0x46;

    /** The value of {@link #RESET}. */
    static final int RESET_MARK = 0xf8;

    static final int PLATFORM_AVR = 0x90;
    static final int PLATFORM_ESP32 = 0x80;
    static final int PLATFORM_NRF52 = 0x70;

    private Commands() {}
}
