package io.kairos.core.link.destination;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.link.LocalDestination.Access;
import io.kairos.api.link.LocalDestination.RequestHandler;
import io.kairos.api.packet.IdentityHash;
import io.kairos.lib.wire.RequestCodec;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who answers requests for which path of a destination. Threads: any. */
public final class RequestHandlers {

    private final Map<ByteBuffer, Entry> entries = new ConcurrentHashMap<>();

    public void put(String path, Access access, Set<IdentityHash> allowed, RequestHandler handler) {
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(handler, "handler");
        if (path.isEmpty()) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "Requests are answered at a path, and this one is empty",
                    "Give it a path, for example /status.");
        }
        entries.put(key(path), new Entry(path, access, Set.copyOf(allowed), handler));
    }

    void remove(String path) {
        entries.remove(key(path));
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Who answers, where the asker may ask. */
    public Optional<Entry> find(byte[] pathHash, Optional<IdentityHash> asker) {
        return Optional.ofNullable(entries.get(ByteBuffer.wrap(pathHash))).filter(entry -> entry.admits(asker));
    }

    private static ByteBuffer key(String path) {
        return ByteBuffer.wrap(RequestCodec.pathHash(path));
    }

    /**
     * Who answers requests for one path.
     *
     * @param path as the program gave it
     * @param access who may ask
     * @param allowed identities for {@link Access#LISTED}
     * @param handler answers
     */
    public record Entry(String path, Access access, Set<IdentityHash> allowed, RequestHandler handler) {

        boolean admits(Optional<IdentityHash> asker) {
            return switch (access) {
                case NOBODY -> false;
                case EVERYBODY -> true;
                case LISTED -> asker.map(allowed::contains).orElse(false);
            };
        }
    }
}
