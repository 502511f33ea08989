package io.kairos.lib.discovery;

import java.util.Arrays;
import java.util.Optional;

/** What is told of an interface, in the order in which it is written. */
public enum Field {
    KIND(0x00, Form.TEXT, true),
    /** Whether the node forwards for others. */
    FORWARDS(0x01, Form.FLAG, true),
    /** Hash of the node's identity, 16 bytes. */
    NODE(0xfe, Form.HASH, true),
    NAME(0xff, Form.TEXT_OR_NOTHING, true),
    /** Degrees. */
    LATITUDE(0x03, Form.DECIMAL_OR_NOTHING, true),
    /** Degrees. */
    LONGITUDE(0x04, Form.DECIMAL_OR_NOTHING, true),
    /** Metres. */
    HEIGHT(0x05, Form.DECIMAL_OR_NOTHING, true),
    /** Host name, IP address, or I2P address. */
    REACHABLE_ON(0x02, Form.PLACE, false),
    PORT(0x06, Form.PORT, false),
    /** Hertz. */
    FREQUENCY(0x09, Form.NUMBER, false),
    /** Hertz. */
    BANDWIDTH(0x0a, Form.NUMBER, false),
    SPREADING_FACTOR(0x0b, Form.NUMBER, false),
    CODING_RATE(0x0c, Form.NUMBER, false),
    CHANNEL(0x0e, Form.NUMBER, false),
    MODULATION(0x0d, Form.TEXT, false),
    /** Of the access code, only where its owner wants everybody to join. */
    NETWORK_NAME(0x07, Form.TEXT, false),
    /** Of the access code, only where its owner wants everybody to join. */
    PASSPHRASE(0x08, Form.TEXT, false);

    /** Longest text in characters. */
    public static final int LONGEST_TEXT = 256;

    private enum Form {
        TEXT,
        TEXT_OR_NOTHING,
        FLAG,
        HASH,
        DECIMAL_OR_NOTHING,
        PLACE,
        PORT,
        NUMBER
    }

    private static final int HASH_BYTES = 16;

    private final long key;
    private final Form form;
    private final boolean always;

    Field(long key, Form form, boolean always) {
        this.key = key;
        this.form = form;
        this.always = always;
    }

    /** The key on the wire. */
    public long key() {
        return key;
    }

    /** Whether it is told of all kinds. */
    public boolean isAlways() {
        return always;
    }

    static Optional<Field> of(Object key) {
        return Arrays.stream(values())
                .filter(field -> key instanceof Long number && number == field.key)
                .findFirst();
    }

    /** Whether a value may stand here. */
    boolean accepts(Object value) {
        return switch (form) {
            case TEXT -> isText(value);
            case TEXT_OR_NOTHING -> value == null || isText(value);
            case FLAG -> value instanceof Boolean;
            case HASH -> value instanceof byte[] bytes && bytes.length == HASH_BYTES;
            case DECIMAL_OR_NOTHING -> value == null || value instanceof Double decimal && !decimal.isNaN();
            case PLACE -> value instanceof String text && (Places.isIpAddress(text) || Places.isHostname(text));
            case PORT -> value instanceof Long port && port > 0 && port < 65_536;
            case NUMBER -> value instanceof Long || value instanceof Double;
        };
    }

    private static boolean isText(Object value) {
        return value instanceof String text && text.length() <= LONGEST_TEXT;
    }
}
