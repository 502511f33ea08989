package io.kairos.lib.configobj;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;

/** Says where in a file something is wrong. */
final class ConfigFailures {

    private ConfigFailures() {}

    static MeshException at(String source, int line, String reason, String remedy) {
        return new MeshException(Failure.Kind.CONFIGURATION, source + ", line " + line + ": " + reason + ".", remedy);
    }
}
