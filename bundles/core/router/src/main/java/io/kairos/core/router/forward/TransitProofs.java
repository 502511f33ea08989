package io.kairos.core.router.forward;

import io.kairos.api.packet.DestinationHash;
import io.kairos.core.router.NodeTime;
import io.kairos.core.router.Refusal;
import io.kairos.core.router.Refusals;
import io.kairos.core.router.SignatureCheck;
import io.kairos.core.router.known.Known;
import io.kairos.core.router.known.KnownBook;
import io.kairos.core.router.path.PathBook;
import io.kairos.core.router.ports.Arrival;
import io.kairos.core.router.ports.OriginHops;
import io.kairos.core.router.ports.Port;
import io.kairos.lib.wire.PacketBytes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Lets link request proofs of others pass when they are genuine (docs/protocol/link.md, proof in transport). Threads:
 * {@link #isPlausible} and {@link #pass} any, {@link #learn} the owner of the tables.
 */
public final class TransitProofs {

    private static final int HEADER = PacketBytes.SHORT_HEADER;
    private static final int SIGNATURE = 64;
    private static final int KEY = 32;
    private static final int SHORT = SIGNATURE + KEY;
    private static final int LONG = SHORT + LinkMtu.SIGNALLING;

    private final NodeTime time;
    private final Traffic traffic;
    private final KnownBook known;
    private final PathBook paths;
    private final OriginHops origin;
    private final SignatureCheck signatures;
    private final Refusals refusals;

    public TransitProofs(
            NodeTime time,
            Traffic traffic,
            KnownBook known,
            PathBook paths,
            OriginHops origin,
            SignatureCheck signatures,
            Refusals refusals) {
        this.time = time;
        this.traffic = traffic;
        this.known = known;
        this.paths = paths;
        this.origin = origin;
        this.signatures = signatures;
        this.refusals = refusals;
    }

    /** Whether a proof is worth a signature check; counts it where not. */
    public boolean isPlausible(Arrival packet, TransitLink link) {
        int length = packet.payloadLength();
        Refusal refusal = null;
        if (packet.transport || length != SHORT && length != LONG) {
            refusal = Refusal.MALFORMED;
        } else if (packet.in != link.towards().port()) {
            refusal = Refusal.PROOF_INTERFACE;
        } else if (packet.hops != link.remainingHops() && link.isValidated()) {
            refusal = Refusal.PROOF_HOPS;
        } else if (known.table()
                        .get(link.destination().high(), link.destination().low())
                == null) {
            refusal = Refusal.PROOF_UNKNOWN;
        }
        if (refusal != null) {
            refusals.count(refusal);
        }
        return refusal == null;
    }

    /** Checks a proof and, if it is genuine, passes it on; tells whether it did. The array is used up. */
    public boolean pass(byte[] raw, int hops, TransitLink link) {
        DestinationHash destination = link.destination();
        Known peer = known.table().get(destination.high(), destination.low());
        Port back = link.from().port();
        if (peer == null || back == null) {
            refusals.count(Refusal.PROOF_UNKNOWN);
            return false;
        }
        Optional<Refusal> refusal = examine(raw, link, peer.announce().signingKey());
        if (refusal.isPresent()) {
            refusals.count(refusal.get());
            return false;
        }
        if (!traffic.duplicates().add(PacketBytes.hash(raw), 0)) {
            refusals.count(Refusal.DUPLICATE);
            return false;
        }
        boolean first = !link.isValidated();
        link.rebalance(hops);
        link.validate();
        raw[1] = (byte) origin.leaving(hops, back);
        back.transmit(raw, 0, raw.length);
        back.flush();
        traffic.forwarded().increment();
        return first;
    }

    /** Draws conclusions from the first genuine proof of a link. */
    public void learn(DestinationHash destination, TransitLink link, int hops) {
        paths.correctHops(destination, hops);
        long now = time.millis();
        paths.answered(destination, Duration.ofMillis(Math.max(0, now - link.used())));
        link.markUsed(now);
    }

    private Optional<Refusal> examine(byte[] raw, TransitLink link, byte[] signingKey) {
        ByteBuffer signed = ByteBuffer.allocate(raw.length - HEADER - SIGNATURE + DestinationHash.LENGTH + KEY);
        signed.putLong(link.high()).putLong(link.low());
        signed.put(raw, HEADER + SIGNATURE, KEY).put(signingKey);
        signed.put(raw, HEADER + SHORT, raw.length - HEADER - SHORT);
        byte[] signature = Arrays.copyOfRange(raw, HEADER, HEADER + SIGNATURE);
        return signatures.verify(signingKey, signed.array(), signature, Refusal.PROOF_SIGNATURE);
    }
}
