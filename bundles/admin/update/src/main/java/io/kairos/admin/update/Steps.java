package io.kairos.admin.update;

import java.io.IOException;

/** Told at each step of a change; tests make it fail or end the process there. */
@FunctionalInterface
interface Steps {

    /** For tests of sudden death: the step at which the process ends at once. */
    String HALT = "io.kairos.admin.update.halt";

    void reached(String step) throws IOException;

    static Steps of(String haltAt) {
        return step -> {
            if (step.equals(haltAt)) {
                Runtime.getRuntime().halt(137);
            }
        };
    }
}
