package io.kairos.transport.sneakernet;

import io.kairos.api.packet.IdentityHash;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What a node brings to every stick: what it has read, what waits, whom it knows. One owner. */
final class Traveller {

    private static final int MOST_WRITERS = 1_024;

    /** Takes a packet and the identity that has signed it. */
    @FunctionalInterface
    interface Delivery {
        void deliver(IdentityHash writer, byte[] packet);
    }

    private final SneakernetSettings.Places places;
    private final Spool spool;
    private final SeenTable seen;
    private final BooleanSupplier listening;
    private final Delivery delivery;
    private final SecureRandom random = new SecureRandom();
    private final Map<IdentityHash, byte[]> writers = new LinkedHashMap<>();
    private boolean hasNews;

    /**
     * @param listening whether packets are taken now
     * @param delivery where packets go that nobody has delivered yet
     */
    Traveller(
            SneakernetSettings.Places places,
            Spool spool,
            SeenTable seen,
            BooleanSupplier listening,
            Delivery delivery) {
        this.places = places;
        this.spool = spool;
        this.seen = seen;
        this.listening = listening;
        this.delivery = delivery;
    }

    SneakernetSettings.Places places() {
        return places;
    }

    Spool spool() {
        return spool;
    }

    SeenTable seen() {
        return seen;
    }

    long random() {
        return random.nextLong();
    }

    void met(IdentityHash writer, byte[] keys) {
        writers.remove(writer);
        writers.put(writer, keys);
        if (writers.size() > MOST_WRITERS) {
            writers.remove(writers.keySet().iterator().next()); // met longest ago
        }
    }

    Optional<byte[]> keysOf(IdentityHash writer) {
        return Optional.ofNullable(writers.get(writer));
    }

    /** Whether packets and notes of this member count. */
    boolean trusts(IdentityHash writer) {
        return places.writers().isEmpty() || places.writers().contains(writer);
    }

    /** Whether packets are taken now. */
    boolean isListening() {
        return listening.getAsBoolean();
    }

    /** Delivers what is new and not too old, for as long as packets are taken. */
    int deliver(Batch batch, long nowSeconds) {
        int delivered = 0;
        for (Entry entry : batch.entries()) {
            if (!isListening()) {
                return delivered;
            }
            if (entry.isExpired(nowSeconds) || seen.has(batch.origin(), entry.number())) {
                continue;
            }
            if (entry.isFleeting() && !places.links()) {
                continue;
            }
            seen.add(batch.origin(), entry.number(), nowSeconds);
            hasNews = true;
            delivered++;
            delivery.deliver(batch.origin().writer(), entry.packet());
        }
        return delivered;
    }

    /** Whether something was delivered since the last call. */
    boolean takeNews() {
        boolean had = hasNews;
        hasNews = false;
        return had;
    }

    /** It has yet to be written down. */
    void keepNews() {
        hasNews = true;
    }
}
