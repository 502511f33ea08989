package io.kairos.lib.configobj;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.api.failure.MeshException;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ConfigReaderProperties {

    @Property(tries = 300)
    void quotedValuesComeBackUnchanged(@ForAll("settings") Map<String, String> settings) {
        StringBuilder text = new StringBuilder("[s]\n");
        settings.forEach(
                (key, value) -> text.append(key).append(" = \"").append(value).append("\"\n"));

        ConfigSection section =
                ConfigReader.read(text.toString(), "file").section("s").orElseThrow();

        settings.forEach((key, value) -> assertEquals(value, section.text(key).orElseThrow()));
        assertEquals(settings.size(), section.keys().size());
    }

    @Property(tries = 2000)
    void noTextCausesAnythingButARefusal(@ForAll("texts") String text) {
        try {
            readAll(ConfigReader.read(text, "file"));
        } catch (MeshException expected) {
            // refusing is fine; any other exception fails the property
        }
    }

    private static void readAll(ConfigSection section) {
        InterfaceSection.of(section).problems();
        for (String key : section.keys()) {
            section.list(key);
        }
        section.sections().forEach(ConfigReaderProperties::readAll);
    }

    @Provide
    Arbitrary<Map<String, String>> settings() {
        Arbitrary<String> keys =
                Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(8);
        Arbitrary<String> values = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars(" ,#'=[]%;\\äß✓")
                .ofMaxLength(20);
        return Arbitraries.maps(keys, values).ofMaxSize(8);
    }

    /** Characters that mean something, often enough to hit every branch. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "[", "]", "=", "'", "\"", "'''", "\"\"\"", "#", ",", "\n", "\r\n", " ", "%(a)s", "%(", ")s",
                        "a", "b", "DEFAULT", "mode", "bitrate", "enabled", "7", ";", "\t", "\u0000", "\u2028", "%")
                .list()
                .ofMaxSize(60)
                .map(parts -> String.join("", parts));
    }
}
