package io.kairos.transport.yggdrasil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MalformedException;
import java.net.Inet6Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonProperties {

    @Property(tries = 1000)
    void noTextCausesMoreThanARefusal(@ForAll("almostJson") String text) {
        try {
            Json.read(text);
        } catch (MalformedException expected) {
            assertTrue(expected.getMessage() != null);
        }
        SelfAnswer.address(text);
    }

    @Property(tries = 300)
    void textsAreReadAsTheyWere(@ForAll String text) {
        StringBuilder written = new StringBuilder("\"");
        text.chars().forEach(c -> written.append("\\u%04x".formatted(c)));
        assertEquals(text, Json.read(written.append('"').toString()));
    }

    @Property(tries = 300)
    void anythingWithinAnAnswerIsAnAddressOfYggdrasilOrNone(@ForAll("almostAddress") String text) {
        Optional<Inet6Address> found = SelfAnswer.address(FakeDaemon.says(text));
        found.ifPresent(address -> assertTrue(YggdrasilAddresses.contains(address)));
    }

    @Example
    void valuesOfAllKindsAreRead() {
        assertEquals(
                Map.of("a", List.of("1", "-2.5e+3", "true", "null", "x\n"), "b", Map.of()),
                Json.read(" {\"a\" : [1, -2.5e+3,true ,null,\"x\\n\"], \"b\":{} } "));
    }

    @Provide
    Arbitrary<String> almostJson() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "\"",
                        "\\",
                        "\\u00",
                        "a",
                        "1",
                        " ",
                        "\"a\"",
                        "true",
                        "response",
                        "é")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> almostAddress() {
        return Arbitraries.of("2", "0", ":", "::", "200", "3ff", ".", "ffff", "%", "/", "g")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }
}
