package io.kairos.transport.tor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MalformedException;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ControlParserProperties {

    @Property(tries = 300)
    void noLinesCauseAnythingButARefusal(@ForAll("lines") List<String> lines) {
        ControlParser parser = new ControlParser();
        try {
            for (String line : lines) {
                Optional<ControlReply> reply = parser.feed(line);
                reply.ifPresent(complete -> {
                    assertTrue(complete.status() >= 0 && complete.status() <= 999);
                    ProtocolInfo.of(complete);
                });
            }
        } catch (MalformedException expected) {
            // refusing is fine; any other exception fails the property
        }
    }

    @Provide
    Arbitrary<List<String>> lines() {
        Arbitrary<String> noise = Arbitraries.strings().ofMaxLength(40);
        Arbitrary<String> likely = Arbitraries.of(
                "250 OK",
                "250-AUTH METHODS=",
                "250+x=",
                ".",
                "..",
                "650 HS_DESC UPLOADED",
                "25",
                "250",
                "515 no",
                "250-AUTH METHODS=A COOKIEFILE=\"\\");
        return Arbitraries.oneOf(noise, likely).list().ofMaxSize(30);
    }
}
