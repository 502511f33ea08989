package io.kairos.core.link.destination;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.LocalDestination;
import io.kairos.core.link.Surroundings;
import io.kairos.test.conformance.Inside;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Shows the conformance bridge the rotating keys of a destination; everything runs on the destination's own queue. */
public final class RatchetPeek {

    private final OpenDestination destination;

    public RatchetPeek(LocalDestination destination) {
        this.destination = (OpenDestination) destination;
    }

    /** Public keys, newest first. */
    public List<byte[]> publicKeys(CryptoSuite suite) {
        return privateKeys().stream().map(suite.keyAgreement()::publicKey).toList();
    }

    public List<byte[]> privateKeys() {
        return onQueue(Ratchets::keys);
    }

    public DestinationSettings.Ratchets settings() {
        return onQueue(ratchets -> (DestinationSettings.Ratchets) Inside.get(ratchets, "settings"));
    }

    /** Other settings, as if the destination had been opened with them. */
    public void settings(DestinationSettings.Ratchets changed) {
        onQueue(ratchets -> {
            Inside.set(ratchets, "settings", changed);
            return changed;
        });
    }

    /** Pretends that the last rotation was so long ago. */
    public void rotatedAgo(long nanos) {
        onQueue(ratchets -> {
            Inside.set(ratchets, "rotatedNanos", surroundings().clock().nanos() - nanos);
            return nanos;
        });
    }

    public long rotatedNanos() {
        return onQueue(ratchets -> (Long) Inside.get(ratchets, "rotatedNanos"));
    }

    /** What an announce does first: rotates if it is time, and tells the newest public key. */
    public byte[] announced() {
        return onQueue(Ratchets::announced);
    }

    /** Rotates as often as given, each time as {@link Ratchets} does it. */
    public void rotate(int times) {
        for (int i = 0; i < times; i++) {
            rotatedAgo(Long.MAX_VALUE / 4);
            announced();
        }
    }

    /** Reads the stored keys anew, checking their signature. */
    public List<byte[]> stored() {
        return new Ratchets(
                        surroundings(),
                        settings(),
                        destination.settings().identity().orElseThrow(),
                        destination.address())
                .keys();
    }

    public Optional<String> document() {
        return ratchets().map(ratchets -> (String) Inside.get(ratchets, "document"));
    }

    private Surroundings surroundings() {
        return (Surroundings) Inside.get(destination, "surroundings");
    }

    @SuppressWarnings("unchecked")
    private Optional<Ratchets> ratchets() {
        return (Optional<Ratchets>) Inside.get(destination, "ratchets");
    }

    private <T> T onQueue(Function<Ratchets, T> question) {
        Ratchets present =
                ratchets().orElseThrow(() -> new IllegalArgumentException("the destination has no ratchets"));
        CompletableFuture<T> answer = new CompletableFuture<>();
        io.kairos.core.link.actor.SerialQueue queue =
                (io.kairos.core.link.actor.SerialQueue) Inside.get(destination, "queue");
        queue.execute(() -> {
            try {
                answer.complete(question.apply(present));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.join();
    }
}
