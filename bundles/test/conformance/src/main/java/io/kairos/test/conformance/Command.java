package io.kairos.test.conformance;

import java.util.Map;

/** One command of the suite: calls the product and tells what it said. */
@FunctionalInterface
interface Command {

    /**
     * Runs it.
     *
     * @return the members of the answer; values are text, numbers, booleans, {@code byte[]} (written as hex), hashes
     *     (likewise), {@link java.util.Optional} (nothing becomes null), lists and maps of these
     * @throws Exception what the suite is told as an error, "type: message"
     */
    Map<String, Object> run(Parameters parameters) throws Exception;
}
