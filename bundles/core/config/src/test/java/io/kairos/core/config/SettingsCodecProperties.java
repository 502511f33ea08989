package io.kairos.core.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.api.failure.MalformedException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SettingsCodecProperties {

    @Property(tries = 300)
    void everyValueComesBackWithItsType(@ForAll("values") Object value) {
        assertEquals(value, SettingsCodec.decode(SettingsCodec.encode(value)));
    }

    @Property(tries = 200)
    void textsComeBackFromListsAndArrays(@ForAll String[] texts) {
        assertArrayEquals(texts, (Object[]) SettingsCodec.decode(SettingsCodec.encode(texts)));
        assertArrayEquals(texts, (Object[]) SettingsCodec.decode(SettingsCodec.encode(List.of(texts))));
    }

    @Property(tries = 200)
    void numbersComeBackFromArrays(@ForAll long[] numbers) {
        if (numbers.length > 0) {
            Object back = SettingsCodec.decode(SettingsCodec.encode(numbers));
            assertEquals(numbers.length, java.lang.reflect.Array.getLength(back));
            assertEquals(numbers[0], java.lang.reflect.Array.get(back, 0));
        }
    }

    @Property(tries = 300)
    void noTextCausesAnythingButARefusal(@ForAll String noise) {
        try {
            SettingsCodec.decode(noise);
        } catch (MalformedException expected) {
            // refusing is fine; any other exception fails the property
        }
    }

    @Provide
    Arbitrary<Object> values() {
        return Arbitraries.oneOf(
                Arbitraries.strings().map(Object.class::cast),
                Arbitraries.of("", ":", "\\", "\\u", "\u001f", "a\u001fb\\", "S:x")
                        .map(Object.class::cast),
                Arbitraries.integers().map(Object.class::cast),
                Arbitraries.longs().map(Object.class::cast),
                Arbitraries.shorts().map(Object.class::cast),
                Arbitraries.bytes().map(Object.class::cast),
                Arbitraries.doubles().map(Object.class::cast),
                Arbitraries.floats().map(Object.class::cast),
                Arbitraries.of(true, false).map(Object.class::cast),
                Arbitraries.chars().map(Object.class::cast));
    }
}
