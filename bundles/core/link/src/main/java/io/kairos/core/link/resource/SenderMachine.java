package io.kairos.core.link.resource;

import io.kairos.api.link.ResourceTransfer.Status;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.HashmapUpdate;
import io.kairos.lib.wire.PartRequest;
import io.kairos.lib.wire.ResourceAdvertisement;
import io.kairos.lib.wire.ResourceProofCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Sends one segment of a resource: offers it, answers requests for parts, waits for the proof. Knows no packets, threads
 * or clocks; what it wants is said to {@link Out}.
 *
 * <pre>
 *  status           event                       next
 *  NONE             start                       ADVERTISED
 *  ADVERTISED       time-out, 4 times           ADVERTISED    offered again
 *  ADVERTISED       request                     TRANSFERRING  parts and, where asked for, more hashes
 *  TRANSFERRING     request, all sent once      AWAITING_PROOF
 *  AWAITING_PROOF   request                     parts again
 *  AWAITING_PROOF   time-out, 3 times           the proof is asked for
 *  any              valid proof                 COMPLETE
 *  any              refusal                     REJECTED
 *  any              too many time-outs          FAILED        the other end is told
 * </pre>
 *
 * <p>Times are nanoseconds of the monotonic clock. Owned by the mailbox of its link. Specification:
 * docs/protocol/resource.md.
 */
final class SenderMachine {

    private static final int OFFERS = 4;
    private static final int PROOF_ASKS = 3;
    private static final int RETRIES = 16;
    private static final int KEPT_HASHES = 75; // the largest window of a receiver
    private static final int REMEMBERED_REQUESTS = 32_768;
    private static final double OFFER_GRACE = 1.0;
    private static final double PROOF_GRACE = 10;
    private static final double SUM_OF_RETRY_DELAYS = 68;

    /** What the machine asks its surroundings to do. */
    interface Out {

        void advertise();

        /** Sends a part; {@code more} says whether another follows at once. */
        void sendPart(int part, boolean more);

        void sendUpdate(HashmapUpdate update);

        /** Asks the other end to send its proof again. */
        void askForProof();

        /** The segment has ended; told once. For {@code FAILED} the other end does not know yet. */
        void ended(Status status);
    }

    private final Segment segment;
    private final double linkRoundTrip;
    private final Out out;
    private final BitSet sentOnce;
    private final Set<ByteBuffer> seenRequests = new HashSet<>();
    private Status status = Status.NONE;
    private double roundTrip;
    private int offersLeft = OFFERS;
    private int proofAsksLeft = PROOF_ASKS;
    private int firstKept;
    private int acknowledged;
    private long advertisedAt;
    private long lastActivity;
    private long lastPartSent;

    /** @param linkRoundTrip seconds */
    SenderMachine(Segment segment, double linkRoundTrip, Out out) {
        this.segment = segment;
        this.linkRoundTrip = linkRoundTrip;
        this.roundTrip = linkRoundTrip;
        this.out = out;
        this.sentOnce = new BitSet(segment.parts());
    }

    Status status() {
        return status;
    }

    Segment segment() {
        return segment;
    }

    /** Parts that were sent at least once. */
    int sentParts() {
        return sentOnce.cardinality();
    }

    /** Parts the other end has: those sent before its last request that it did not ask for again. */
    int acknowledgedParts() {
        return acknowledged;
    }

    boolean hasEnded() {
        return status == Status.COMPLETE || status == Status.FAILED || status == Status.REJECTED;
    }

    void start(long now) {
        status = Status.ADVERTISED;
        advertisedAt = now;
        lastActivity = now;
        out.advertise();
    }

    /**
     * Parts are asked for.
     *
     * @param packetHash hash of the packet that asks; the same packet twice counts once
     */
    void requested(PartRequest request, byte[] packetHash, long now) {
        boolean fresh = seenRequests.size() < REMEMBERED_REQUESTS && seenRequests.add(ByteBuffer.wrap(packetHash));
        if (hasEnded() || status == Status.NONE || !fresh) {
            return;
        }
        if (status == Status.ADVERTISED) {
            roundTrip = seconds(now - advertisedAt);
        }
        status = Status.TRANSFERRING;
        lastActivity = now;
        sendParts(request, now);
        if (request.isExhausted()) {
            sendUpdate(request.lastKnown());
        }
        if (!hasEnded() && sentOnce.cardinality() == segment.parts()) {
            status = Status.AWAITING_PROOF;
            proofAsksLeft = PROOF_ASKS;
        }
    }

    /** In the order of parts, whatever the order of the request. */
    private void sendParts(PartRequest request, long now) {
        Set<Integer> wanted = new HashSet<>();
        int[] hashes = request.wanted();
        for (int i = 0; i < Math.min(hashes.length, PartHashes.UNIQUE); i++) {
            wanted.add(hashes[i]);
        }
        List<Integer> parts = new ArrayList<>(wanted.size());
        int end = Math.min(segment.parts(), firstKept + PartHashes.UNIQUE);
        for (int part = firstKept; part < end; part++) {
            if (wanted.contains(segment.partHash(part))) {
                parts.add(part);
            }
        }
        int again = (int) parts.stream().filter(sentOnce::get).count();
        acknowledged = Math.max(acknowledged, sentOnce.cardinality() - again);
        for (int i = 0; i < parts.size(); i++) {
            sentOnce.set(parts.get(i));
            out.sendPart(parts.get(i), i + 1 < parts.size());
        }
        lastPartSent = now;
    }

    private void sendUpdate(int lastKnown) {
        int end = Math.min(segment.parts(), firstKept + PartHashes.UNIQUE);
        int next = firstKept;
        while (next < end && segment.partHash(next) != lastKnown) {
            next++;
        }
        if (next == end) {
            return; // an old request that came late
        }
        next++;
        byte[] hashes = segment.blockOfHashes(next / ResourceAdvertisement.HASHES);
        if (next % ResourceAdvertisement.HASHES != 0 || hashes.length == 0) {
            end(Status.FAILED);
            return;
        }
        firstKept = Math.max(next - 1 - KEPT_HASHES, 0);
        out.sendUpdate(new HashmapUpdate(segment.hash(), next / ResourceAdvertisement.HASHES, hashes));
    }

    /** A proof has arrived; whether it was the right one. */
    boolean proved(ResourceProofCodec.Body proof) {
        if (hasEnded()
                || !Hashes.same(proof.segmentHash(), segment.hash())
                || !Hashes.same(proof.proof(), segment.proof())) {
            return false;
        }
        end(Status.COMPLETE);
        return true;
    }

    /** The other end refuses or gives up. */
    void rejected() {
        if (!hasEnded()) {
            end(Status.REJECTED);
        }
    }

    void cancel() {
        if (!hasEnded()) {
            end(Status.FAILED);
        }
    }

    private void end(Status last) {
        status = last;
        out.ended(last);
    }

    /** When {@link #tick} has something to do. */
    long deadline() {
        return switch (status) {
            case ADVERTISED -> advertisedAt + nanos(linkRoundTrip * 6 + OFFER_GRACE);
            case TRANSFERRING -> lastActivity + nanos(roundTrip * 6 * RETRIES + PROOF_GRACE + SUM_OF_RETRY_DELAYS);
            case AWAITING_PROOF -> lastPartSent + nanos(roundTrip * 3 + PROOF_GRACE);
            default -> Long.MAX_VALUE;
        };
    }

    /** Time has passed. */
    void tick(long now) {
        if (hasEnded() || status == Status.NONE || now - deadline() < 0) {
            return;
        }
        if (status == Status.ADVERTISED && offersLeft > 0) {
            offersLeft--;
            advertisedAt = now;
            out.advertise();
        } else if (status == Status.AWAITING_PROOF && proofAsksLeft > 0) {
            proofAsksLeft--;
            lastPartSent = now;
            out.askForProof();
        } else {
            end(Status.FAILED);
        }
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
