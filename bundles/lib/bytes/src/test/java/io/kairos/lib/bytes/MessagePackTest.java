package io.kairos.lib.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.kairos.api.failure.MalformedException;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessagePackTest {

    @Test
    void textAndBytesAreNeverInterchanged() {
        Map<?, ?> map = (Map<?, ?>) unpack("82c4016101a16102");

        assertEquals(1L, map.get(ByteBuffer.wrap(new byte[] {'a'})));
        assertEquals(2L, map.get("a"));
    }

    @Test
    void readsFloatsOf32BitsAndWritesThemWith64() {
        assertEquals(0.5, unpack("ca3f000000"));
        assertEquals("cb3fe0000000000000", HexFormat.of().formatHex(MessagePack.pack(0.5f)));
    }

    @Test
    void readsOneValueAndLeavesTheRest() {
        ByteBuffer in = ByteBuffer.wrap(HexFormat.of().parseHex("9201a161ff"));

        assertEquals(List.of(1L, "a"), MessagePack.unpack(in));
        assertEquals(1, in.remaining());
    }

    @Test
    void refusesLeftOverBytes() {
        assertRefused("1 bytes follow the MessagePack value", "0000");
    }

    @Test
    void refusesWhatIsCutShort() {
        for (String bytes :
                new String[] {"", "cc", "cd00", "cb00000000000000", "c402ff", "a261", "92c0", "81c0", "dd00000001"}) {
            assertRefused("MessagePack value is cut short", bytes);
        }
    }

    @Test
    void refusesWhatReticulumDoesNotUse() {
        assertRefused("MessagePack type 0xc1 is not used", "c1");
        assertRefused("MessagePack type 0xd4 is not used", "d40000");
        assertRefused("MessagePack integer is above the range of 63 bits", "cf8000000000000000");
        assertRefused("MessagePack text is not UTF-8", "a1ff");
        assertRefused("MessagePack text is not UTF-8", "a3eda080");
    }

    @Test
    void refusesKeysThatAreListsOrMaps() {
        assertRefused("MessagePack key is a list or a map", "8191c001");
        assertRefused("MessagePack key is a list or a map", "818001");
    }

    @Test
    void nestingIsBoundedInBothDirections() {
        Object allowed = nested(MessagePack.MAXIMUM_DEPTH);
        assertEquals(allowed, MessagePack.unpack(MessagePack.pack(allowed)));

        assertThrows(IllegalArgumentException.class, () -> MessagePack.pack(nested(MessagePack.MAXIMUM_DEPTH + 1)));
        assertRefused("MessagePack value is nested deeper than 32", "91".repeat(33) + "c0");
        assertRefused("MessagePack value is nested deeper than 32", "91".repeat(1_000_000) + "c0");
    }

    @Test
    void aLengthThatIsOnlyClaimedReservesNothing() {
        for (String claim : new String[] {"c6ffffffff", "dbffffffff", "ddffffffff", "dfffffffff", "c67fffffff"}) {
            long allocated = allocatedBy(() -> assertRefused("MessagePack value is cut short", claim));
            assertTrue(allocated < 100_000, claim + " allocated " + allocated);
        }
    }

    @Test
    void nestedClaimsReserveLittle() {
        byte[] bytes = new byte[200_000];
        for (int i = 0; i + 3 <= 32 * 3; i += 3) {
            bytes[i] = (byte) 0xdc;
            bytes[i + 1] = (byte) 0xff;
        }
        bytes[bytes.length - 1] = (byte) 0xc1;

        long allocated = allocatedBy(() -> assertThrows(MalformedException.class, () -> MessagePack.unpack(bytes)));

        assertTrue(allocated < 5_000_000, allocated + " bytes");
    }

    @Test
    void manySmallMapsAreRefusedBeforeTheyFillTheMemory() {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.writeBytes(HexFormat.of().parseHex("dd00100000"));
        for (int i = 0; i < 1 << 20; i++) {
            bomb.write(0x81);
            bomb.write(0);
            bomb.write(0);
        }

        long allocated = allocatedBy(() -> {
            var failure = assertThrows(MalformedException.class, () -> MessagePack.unpack(bomb.toByteArray()));
            assertEquals("MessagePack value has more than 65536 lists and maps", failure.getMessage());
        });

        assertTrue(allocated < 25_000_000, allocated + " bytes");
    }

    @Test
    void manyEmptyListsCostOnlyTheirPlace() {
        byte[] bytes = new byte[1_000_005];
        Arrays.fill(bytes, (byte) 0x90);
        System.arraycopy(HexFormat.of().parseHex("dd000f4240"), 0, bytes, 0, 5);

        long allocated = allocatedBy(() -> assertEquals(1_000_000, ((List<?>) MessagePack.unpack(bytes)).size()));

        assertTrue(allocated < 20_000_000, allocated + " bytes");
    }

    @Test
    void refusesToWriteWhatIsNoValue() {
        assertThrows(IllegalArgumentException.class, () -> MessagePack.pack(new Object()));
        assertThrows(IllegalArgumentException.class, () -> MessagePack.pack(new BigDecimal("0.5")), "not cut to 0");
        assertThrows(IllegalArgumentException.class, () -> MessagePack.pack(List.of('c')));
    }

    @Test
    void writingABufferLeavesItsPosition() {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3}).position(1);

        assertArrayEquals(new byte[] {(byte) 0xc4, 2, 2, 3}, MessagePack.pack(buffer));
        assertEquals(1, buffer.position());
    }

    private static Object nested(int depth) {
        Object value = 1L;
        for (int i = 0; i < depth; i++) {
            value = Collections.singletonList(value);
        }
        return value;
    }

    private static Object unpack(String hex) {
        return MessagePack.unpack(HexFormat.of().parseHex(hex));
    }

    private static void assertRefused(String message, String hex) {
        var failure = assertThrows(MalformedException.class, () -> unpack(hex));
        assertEquals(message, failure.getMessage());
    }

    private static long allocatedBy(Runnable task) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        task.run();
        long before = threads.getCurrentThreadAllocatedBytes();
        task.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
