package io.kairos.transport.i2p;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MalformedException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class SamProperties {

    @Property(tries = 500)
    void noLineCausesAnythingButARefusal(@ForAll("lines") String line) {
        try {
            SamReply reply = SamReply.parse(line);
            assertTrue(reply.values().size() <= 32);
            SamFailures.refused(reply);
        } catch (MalformedException expected) {
            // refusing is fine; any other exception fails the property
        }
    }

    @Property(tries = 200)
    void noBytesAsDestinationCauseAnythingButARefusal(@ForAll @Size(max = 500) byte[] bytes) {
        try {
            Destination.ofPrivate(I2pBase64.encode(bytes));
            Destination.parse(I2pBase64.encode(bytes));
        } catch (MalformedException expected) {
            // refusing is fine; any other exception fails the property
        }
    }

    @Property(tries = 200)
    void whatIsEncodedDecodesToTheSame(@ForAll byte[] bytes) {
        assertArrayEquals(bytes, I2pBase64.decode(I2pBase64.encode(bytes)));
        assertEquals((bytes.length * 8 + 4) / 5, Base32.encode(bytes).length());
    }

    @Provide
    Arbitrary<String> lines() {
        Arbitrary<String> noise = Arbitraries.strings().ofMaxLength(200);
        Arbitrary<String> likely = Arbitraries.of("A B ", "RESULT=", "OK", "\"", "\\", " ", "=", "SESSION STATUS")
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts));
        return Arbitraries.oneOf(noise, likely);
    }
}
