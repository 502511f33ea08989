package io.kairos.lib.configobj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MeshException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {

    @Test
    void aWrongNumberIsToldWithFileLineAndKey() {
        ConfigSection root = ConfigReader.read("\n[s]\nport = many\n", "etc/config");
        MeshException refusal = assertThrows(
                MeshException.class, () -> root.section("s").orElseThrow().integer("port"));
        assertEquals("etc/config, line 3: port: 'many' is no whole number.", refusal.getMessage());
    }

    @Test
    void wordsForYesAndNoAreUnderstoodInAnyCase() {
        ConfigSection root = ConfigReader.read("a = Yes\nb = OFF\nc = 1\nd = maybe\n", "f");
        assertTrue(root.flag("a").orElseThrow());
        assertEquals(false, root.flag("b").orElseThrow());
        assertTrue(root.flag("c").orElseThrow());
        assertThrows(MeshException.class, () -> root.flag("d"));
        assertTrue(root.flag("e").isEmpty());
    }

    @Test
    void aSingleValueCountsAsAListButAListIsNoSingleValue() {
        ConfigSection root = ConfigReader.read("a = x\nb = x, y\n", "f");
        assertEquals(List.of("x"), root.list("a"));
        assertThrows(MeshException.class, () -> root.text("b"));
    }

    @Test
    void aByteOrderMarkAtTheStartIsIgnored() {
        assertEquals("1", ConfigReader.read("\ufeffa = 1", "f").text("a").orElseThrow());
    }

    @Test
    void namesThatMultiplyAreRefusedBeforeTheyFillTheMemory() {
        StringBuilder text = new StringBuilder("a0 = x\n");
        for (int i = 1; i < 10; i++) {
            text.append('a').append(i).append(" = ");
            text.append(("%(a" + (i - 1) + ")s").repeat(100)).append('\n');
        }
        ConfigSection root = ConfigReader.read(text.toString(), "f");
        assertThrows(MeshException.class, () -> root.text("a9"));
    }

    @Test
    void tooMuchIsRefusedNotCut() {
        assertThrows(
                MeshException.class, () -> ConfigReader.read("a".repeat(ConfigReader.MAXIMUM_CHARACTERS + 1), "f"));
        assertThrows(MeshException.class, () -> ConfigReader.read("a = " + "b".repeat(20_000), "f"));
        StringBuilder many = new StringBuilder();
        for (int i = 0; i <= ConfigReader.MAXIMUM_ENTRIES; i++) {
            many.append('k').append(i).append(" = 1\n");
        }
        assertThrows(MeshException.class, () -> ConfigReader.read(many.toString(), "f"));
    }
}
