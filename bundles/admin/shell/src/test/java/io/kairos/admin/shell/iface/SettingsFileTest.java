package io.kairos.admin.shell.iface;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SettingsFileTest {

    @Test
    void replacesTheValueAndLeavesTheRest() {
        assertEquals("""
            # mine
            interface.name = vps-eu
              # enabled = yes, says the comment
            enabled = false
            enabled.not = 1
            """, SettingsFile.set("""
                # mine
                interface.name = vps-eu
                  # enabled = yes, says the comment
                  enabled : true
                enabled.not = 1
                """, "enabled", "false"));
    }

    @Test
    void appendsAKeyThatIsNotThere() {
        assertEquals(
                "a = 1\n#enabled = true\nenabled = false\n",
                SettingsFile.set("a = 1\n#enabled = true", "enabled", "false"));
        assertEquals("enabled = false\n", SettingsFile.set("", "enabled", "false"));
    }

    @Test
    void aValueOverSeveralLinesIsReplacedWhole() {
        assertEquals(
                "enabled = false\nb = 2\n",
                SettingsFile.set("enabled = tr\\\n   ue\\\n  x\nb = 2\n", "enabled", "false"));
        assertEquals("enabled = false\nb = 2\n", SettingsFile.set("enabled = a\\\\\nb = 2\n", "enabled", "false"));
    }

    @Test
    void aKeyThatStandsTwiceStandsOnceAfterwards() {
        assertEquals("enabled = false\n", SettingsFile.set("enabled = true\nenabled=true\n", "enabled", "false"));
    }

    @Test
    void escapesWhatTheFormatReadsSpecially() {
        assertEquals("path = C:\\\\mesh", SettingsFile.line("path", "C:\\mesh"));
        assertEquals("passphrase = $\\\\{HOME}", SettingsFile.line("passphrase", "${HOME}"));
        assertEquals("empty =", SettingsFile.line("empty", ""));
    }
}
