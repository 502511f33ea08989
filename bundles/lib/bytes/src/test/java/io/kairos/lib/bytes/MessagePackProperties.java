package io.kairos.lib.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.api.failure.MalformedException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class MessagePackProperties {

    @Property(tries = 100)
    void whatIsWrittenReadsAsTheSameValue(@ForAll("values") Object value) {
        byte[] packed = MessagePack.pack(value);

        assertArrayEquals(packed, MessagePack.pack(MessagePack.unpack(packed)));
    }

    @Property(tries = 100)
    void numbersAndTextsKeepTheirType(@ForAll long whole, @ForAll double fraction, @ForAll("texts") String text) {
        Object[] values = {whole, fraction, text};
        for (Object value : values) {
            assertEquals(value, MessagePack.unpack(MessagePack.pack(value)));
        }
    }

    @Property(tries = 1000)
    void noBytesCauseAnythingButARefusal(@ForAll("hostile") byte[] noise) {
        try {
            MessagePack.unpack(ByteBuffer.wrap(noise));
        } catch (MalformedException expected) {
            // refusing is fine; any other exception fails the property
        }
    }

    @Property(tries = 100)
    void everyValueThatIsCutShortIsRefused(@ForAll("values") Object value, @ForAll int where) {
        byte[] packed = MessagePack.pack(value);
        byte[] cut = Arrays.copyOf(packed, Math.floorMod(where, packed.length));
        try {
            MessagePack.unpack(cut);
        } catch (MalformedException expected) {
            return;
        }
        throw new AssertionError("half a value was read");
    }

    @Provide
    Arbitrary<Object> values() {
        return values(3);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().ofMaxLength(40).filter(text -> !hasLoneSurrogate(text));
    }

    /** Starts like a value often enough to get somewhere. */
    @Provide
    Arbitrary<byte[]> hostile() {
        Arbitrary<Byte> tag = Arbitraries.integers().between(0x80, 0xdf).map(Integer::byteValue);
        return Arbitraries.oneOf(tag, Arbitraries.bytes()).array(byte[].class).ofMaxSize(60);
    }

    private Arbitrary<Object> values(int depth) {
        Arbitrary<Object> scalar = Arbitraries.oneOf(
                Arbitraries.longs().asGeneric(),
                Arbitraries.doubles().asGeneric(),
                Arbitraries.of(true, false).asGeneric(),
                texts().asGeneric(),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(260).asGeneric(),
                Arbitraries.just(null));
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<Object> element = Arbitraries.lazy(() -> values(depth - 1));
        Arbitrary<Object> list = element.list().ofMaxSize(17).asGeneric();
        Arbitrary<Object> map = Arbitraries.maps(texts(), element).ofMaxSize(17).asGeneric();
        return Arbitraries.frequencyOf(Tuple.of(6, scalar), Tuple.of(1, list), Tuple.of(1, map));
    }

    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
