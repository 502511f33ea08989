package io.kairos.transport.auto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class AddressTextProperties {

    @Property(tries = 300)
    void textReadsAsTheSameAddress(@ForAll("addresses") byte[] address) throws UnknownHostException {
        String text = AddressText.of(address);

        assertArrayEquals(address, InetAddress.getByName(text).getAddress());
        assertEquals(text.toLowerCase(Locale.ROOT), text);
        assertFalse(text.contains(":0:0:0:0:"), "the longest run of zero groups is shortened: " + text);
    }

    /** Addresses with many zeros; the first byte keeps them apart from embedded IPv4 addresses. */
    @Provide
    Arbitrary<byte[]> addresses() {
        return Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just((byte) 0)), Tuple.of(1, Arbitraries.bytes()))
                .array(byte[].class)
                .ofSize(16)
                .map(address -> {
                    address[0] = (byte) 0xFE;
                    return address;
                });
    }
}
