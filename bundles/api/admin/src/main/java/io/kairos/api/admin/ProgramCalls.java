package io.kairos.api.admin;

import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What Reticulum programs on this machine may ask the node that serves them, and tell it to do: interfaces, paths, rates,
 * signal of a packet, refused identities (docs/protocol/shared-instance.md). Whoever offers this to programs has
 * checked who they are.
 *
 * <p>Threads: any; answers within milliseconds.
 */
@ProviderType
public interface ProgramCalls {

    /**
     * Answers one call.
     *
     * @param call as the program sent it: names to values that MessagePack knows ({@code null}, Boolean, Long, Double,
     *     String, {@code byte[]}); anything else in it is refused
     * @return the answer, whose value may be {@code null}; empty for a call that is not understood
     */
    Optional<Answer> answer(Map<?, ?> call);

    /**
     * An answer.
     *
     * @param value {@code null}, or a value that MessagePack can carry
     */
    record Answer(Object value) {}
}
