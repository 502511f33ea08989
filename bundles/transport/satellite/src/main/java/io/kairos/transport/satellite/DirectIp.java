package io.kairos.transport.satellite;

import io.kairos.api.failure.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Messages that a provider's gateway exchanges with a base station over TCP (DirectIP). MO messages come from a modem, MT
 * messages go to one; each has a connection of its own. Numbers are big-endian.
 *
 * <pre>
 *  message   revision(1) = 1 || bytes that follow(2) || element … element
 *  element   identifier(1) || bytes of content(2) || content
 *
 *  01  MO header         record(4) || IMEI(15) || session(1) || number from it(2) || number to it(2) || seconds(4)
 *  02  MO payload        1 to 1,960 bytes; absent where the modem has only looked into its mailbox
 *  05  MO confirmation   1: taken, 0: not
 *  41  MT header         number of the sender(4) || IMEI(15) || flags(2)
 *  42  MT payload        1 to 1,890 bytes
 *  44  MT confirmation   number of the sender(4) || IMEI(15) || number of the gateway(4) || status(2, signed)
 * </pre>
 *
 * <p>Elements that are not known, for example the place of the modem (03), are passed over. Pure; all lengths are bounded.
 */
public final class DirectIp {

    /** Of every message: revision and length. */
    public static final int HEAD_BYTES = 3;

    /** Longest rest of a message behind its head that is read. */
    public static final int MOST_BYTES = 4_096;

    /** Longest payload that a gateway takes for a modem. */
    static final int MOST_TO_MODEM = 1_890;

    private static final int REVISION = 1;
    private static final int MOST_ELEMENTS = 16;
    private static final int IMEI_BYTES = 15;

    private static final int LAST_SUCCESS = 2; // 1 and 2 tell something beside it

    private static final int MO_HEADER = 0x01;
    private static final int MO_PAYLOAD = 0x02;
    private static final int MO_CONFIRMATION = 0x05;
    private static final int MT_HEADER = 0x41;
    private static final int MT_PAYLOAD = 0x42;
    private static final int MT_CONFIRMATION = 0x44;

    private static final int MO_HEADER_BYTES = 28;
    private static final int MO_PAYLOAD_BYTES = 1_960;
    private static final int MT_HEADER_BYTES = 21;
    private static final int MT_CONFIRMATION_BYTES = 25;

    /**
     * A message from a modem.
     *
     * @param session how its session ended: 0 to 2 well, otherwise it brought nothing
     * @param payload empty where the modem has only looked into its mailbox
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared by content
    public record FromModem(String imei, int session, byte[] payload) {

        boolean hasSucceeded() {
            return session <= LAST_SUCCESS;
        }
    }

    /**
     * What the gateway says to a message to a modem.
     *
     * @param number which the message had
     * @param status place in the modem's queue, from 0; below 0 why it was refused
     */
    public record Confirmation(int number, String imei, int status) {}

    private DirectIp() {}

    /**
     * How many bytes follow the first {@link #HEAD_BYTES} of a message.
     *
     * @throws MalformedException where it is no message, or more than {@link #MOST_BYTES} follow
     */
    public static int length(byte[] head) {
        if (head.length != HEAD_BYTES || head[0] != REVISION) {
            throw new MalformedException("no message of revision " + REVISION);
        }
        int length = (head[1] & 0xff) << 8 | head[2] & 0xff;
        if (length > MOST_BYTES) {
            throw new MalformedException(length + " bytes, more than " + MOST_BYTES);
        }
        return length;
    }

    /**
     * Reads a message from a modem.
     *
     * @param body what follows the head
     * @throws MalformedException where it is none
     */
    public static FromModem fromModem(byte[] body) {
        Map<Integer, ByteBuffer> elements = elements(body);
        ByteBuffer header = element(elements, MO_HEADER, MO_HEADER_BYTES);
        header.getInt();
        String imei = imei(header);
        int session = header.get() & 0xff;
        ByteBuffer payload = elements.getOrDefault(MO_PAYLOAD, ByteBuffer.allocate(0));
        if (payload.remaining() > MO_PAYLOAD_BYTES) {
            throw new MalformedException("payload of " + payload.remaining() + " bytes");
        }
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return new FromModem(imei, session, bytes);
    }

    /**
     * Reads what the gateway says to a message to a modem.
     *
     * @param body what follows the head
     * @throws MalformedException where it is none
     */
    public static Confirmation confirmation(byte[] body) {
        ByteBuffer content = element(elements(body), MT_CONFIRMATION, MT_CONFIRMATION_BYTES);
        int number = content.getInt();
        String imei = imei(content);
        content.getInt();
        return new Confirmation(number, imei, content.getShort());
    }

    /**
     * A message to a modem, with its head.
     *
     * @param number by which the gateway confirms it
     * @param imei 15 digits
     */
    static byte[] toModem(int number, String imei, byte[] payload) {
        byte[] header = ByteBuffer.allocate(MT_HEADER_BYTES)
                .putInt(number)
                .put(imei.getBytes(StandardCharsets.US_ASCII))
                .array(); // no flags: it waits in the modem's queue like any other
        return message(2 * HEAD_BYTES + header.length + payload.length)
                .put(element(MT_HEADER, header))
                .put(element(MT_PAYLOAD, payload))
                .array();
    }

    /** What is said to the gateway about a message from a modem, with its head. */
    static byte[] taken(boolean isTaken) {
        byte[] content = {(byte) (isTaken ? 1 : 0)};
        return message(HEAD_BYTES + content.length)
                .put(element(MO_CONFIRMATION, content))
                .array();
    }

    /** Whether it is an IMEI: 15 digits. */
    static boolean isImei(String text) {
        return text.length() == IMEI_BYTES && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    private static ByteBuffer message(int length) {
        return ByteBuffer.allocate(HEAD_BYTES + length).put((byte) REVISION).putShort((short) length);
    }

    private static byte[] element(int identifier, byte[] content) {
        return ByteBuffer.allocate(HEAD_BYTES + content.length)
                .put((byte) identifier)
                .putShort((short) content.length)
                .put(content)
                .array();
    }

    private static Map<Integer, ByteBuffer> elements(byte[] body) {
        Map<Integer, ByteBuffer> elements = new HashMap<>();
        ByteBuffer in = ByteBuffer.wrap(body);
        while (in.hasRemaining()) {
            if (in.remaining() < HEAD_BYTES || elements.size() == MOST_ELEMENTS) {
                throw new MalformedException("cut short, or too many elements");
            }
            int identifier = in.get() & 0xff;
            int length = in.getShort() & 0xffff;
            if (length > in.remaining()) {
                throw new MalformedException("element of %d bytes where %d are left".formatted(length, in.remaining()));
            }
            if (elements.put(identifier, in.slice(in.position(), length)) != null) {
                throw new MalformedException("element %02x twice".formatted(identifier));
            }
            in.position(in.position() + length);
        }
        return elements;
    }

    private static ByteBuffer element(Map<Integer, ByteBuffer> elements, int identifier, int length) {
        ByteBuffer content = elements.get(identifier);
        if (content == null || content.remaining() != length) {
            throw new MalformedException("no element %02x of %d bytes".formatted(identifier, length));
        }
        return content;
    }

    private static String imei(ByteBuffer in) {
        byte[] digits = new byte[IMEI_BYTES];
        in.get(digits);
        String imei = new String(digits, StandardCharsets.US_ASCII);
        if (!isImei(imei)) {
            throw new MalformedException("an IMEI has 15 digits");
        }
        return imei;
    }
}
