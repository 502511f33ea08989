package io.kairos.transport.local;

import io.kairos.api.admin.ProgramCalls;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Gives a shared instance in the conformance bridge what the container would. */
public final class LocalPeek {

    private LocalPeek() {}

    /** The key of the control socket that these settings give; empty where it is made from the programs' folder. */
    public static Optional<byte[]> key(LocalConfig config, Map<String, ?> properties) {
        return LocalSettings.from(config, properties).line().key().map(HexFormat.of()::parseHex);
    }

    /** Who answers the questions of programs. */
    public static void answers(LocalInterface programs, ProgramCalls calls) {
        programs.bindCalls(calls, Map.of());
    }
}
