package io.kairos.admin.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.karaf.shell.api.console.CommandLine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsAnywhereTest {

    @ParameterizedTest
    @CsvSource({
        "mesh:links, mesh:links",
        "mesh:status vps, mesh:status vps",
        "mesh:status -a vps, mesh:status -a vps",
        "identity:export node -f 'my file', identity:export -f 'my file' node",
        "mesh:probe lxmf.delivery 00ff -n 3 -j, mesh:probe -n 3 -j lxmf.delivery 00ff"
    })
    void argumentsMoveBehindTheOptionsThatFollowThem(String typed, String executed) {
        OptionsAnywhere parser = new OptionsAnywhere();
        CommandLine line = parser.parse(null, typed, typed.length());

        assertEquals(executed, parser.preprocess(null, line));
    }
}
