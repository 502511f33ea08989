package io.kairos.admin.shell.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class Base32Properties {

    @Property(tries = 300)
    void whatIsEncodedDecodesToTheSameBytes(@ForAll byte[] bytes) {
        assertArrayEquals(bytes, Base32.decode(Base32.encode(bytes)).orElseThrow());
    }

    @Property(tries = 300)
    void noTextCausesAnythingButARefusal(@ForAll String text) {
        Base32.decode(text);
    }
}
