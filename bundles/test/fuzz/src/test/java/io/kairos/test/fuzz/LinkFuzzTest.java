package io.kairos.test.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kairos.api.packet.PacketContext;
import io.kairos.core.link.LinkTally.Event;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.crypto.bouncycastle.X25519Agreement;
import io.kairos.crypto.reticulum.ReticulumSuite;
import io.kairos.lib.wire.ResourceAdvertisement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * One link with a peer that has its keys and says whatever it likes: nothing fails inside, answers stay few, memory is
 * given back.
 */
class LinkFuzzTest {

    /** What is encrypted packet by packet, in the order of the first byte of a row. */
    private static final int[] SEALED = {
        PacketContext.NONE,
        PacketContext.RESOURCE_ADVERTISEMENT,
        PacketContext.RESOURCE_REQUEST,
        PacketContext.RESOURCE_HASHMAP_UPDATE,
        PacketContext.RESOURCE_INITIATOR_CANCEL,
        PacketContext.RESOURCE_RECEIVER_CANCEL,
        PacketContext.REQUEST,
        PacketContext.RESPONSE,
        PacketContext.CHANNEL,
        PacketContext.LINK_IDENTIFY,
        PacketContext.LINK_RTT,
        PacketContext.LINK_CLOSE
    };

    private static final int PART = 12; // behind the last of those above
    private static final int PROOF = PART + 1;
    private static final int CACHE_REQUEST = PART + 2;
    private static final int KEEPALIVE = PART + 3;
    private static final int PACKET_PROOF = PART + 4;
    private static final int OFFER = PART + 5;
    private static final int ASK_FOR_OURS = PART + 6;
    private static final int LET_OFFER = PART + 7;
    private static final int PASS = PART + 8;
    private static final int KINDS = PART + 9;
    private static final int LONGEST = 400;

    private final ReticulumSuite suite = new ReticulumSuite(new X25519Agreement(), new Ed25519Signer());
    private final Path folder = temporary();

    /** The input is a row of messages, each behind a byte that tells its kind and two that tell its length. */
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void survivesWhateverAPeerSays(byte[] input) {
        try (FuzzLink link = new FuzzLink(suite, folder)) {
            long sending = link.endpoints.sendBudget().freeBytes();
            long receiving = link.endpoints.receiveBudget().freeBytes();
            int said = 1;
            for (int at = 0; at + 3 <= input.length; said++) {
                int length = Math.min(LONGEST, (input[at + 1] & 0xff) << 8 | input[at + 2] & 0xff);
                int end = Math.min(input.length, at + 3 + length);
                say(link, (input[at] & 0xff) % KINDS, Arrays.copyOfRange(input, at + 3, end));
                at = end;
            }
            link.pass(Duration.ofMinutes(10));
            int answers = link.sentPackets();
            link.close();

            Fuzzing.check(answers <= 300L * said, answers + " packets sent for " + said);
            Fuzzing.check(link.endpoints.tally().of(Event.TASK_FAILED) == 0, "something failed inside; see the log");
            Fuzzing.check(link.endpoints.sendBudget().freeBytes() == sending, "memory for sending is given back");
            Fuzzing.check(
                    link.endpoints.receiveBudget().freeBytes() == receiving, "memory for receiving is given back");
        }
    }

    private static void say(FuzzLink link, int kind, byte[] payload) {
        switch (kind) {
            case PART -> link.sayPlain(PacketContext.RESOURCE, payload);
            case PROOF -> link.prove(PacketContext.RESOURCE_PROOF, payload);
            case CACHE_REQUEST -> link.sayPlain(PacketContext.CACHE_REQUEST, payload);
            case KEEPALIVE -> link.sayPlain(PacketContext.KEEPALIVE, payload);
            case PACKET_PROOF -> link.prove(PacketContext.NONE, payload);
            case OFFER -> link.say(PacketContext.RESOURCE_ADVERTISEMENT, offer(payload));
            case ASK_FOR_OURS -> link.say(PacketContext.RESOURCE_REQUEST, ask(link, payload));
            case LET_OFFER -> link.offer(at(payload, 0) << 8 | at(payload, 1));
            case PASS -> link.pass(Duration.ofMillis(100L * at(payload, 0)));
            default -> link.say(SEALED[kind], payload);
        }
    }

    /** An offer that can be read: lengths, numbers and flags from the first bytes, the rest are hashes of parts. */
    private static byte[] offer(byte[] bytes) {
        byte[] hash = new byte[32];
        hash[0] = (byte) at(bytes, 6);
        byte[] parts = Arrays.copyOfRange(bytes, Math.min(8, bytes.length), Math.max(8, bytes.length));
        return new ResourceAdvertisement(
                        1 + (at(bytes, 0) << 8 | at(bytes, 1)),
                        at(bytes, 2) << 8 | at(bytes, 3),
                        1,
                        hash,
                        new byte[4],
                        at(bytes, 7) == 0 ? hash : new byte[32],
                        1 + at(bytes, 4) % 4,
                        1 + at(bytes, 4) % 4 + at(bytes, 4) / 64,
                        at(bytes, 5) / 64 == 0 ? null : new byte[16],
                        at(bytes, 5) % 64,
                        Arrays.copyOf(parts, parts.length / 4 * 4))
                .encode();
    }

    /** A request for parts of what the target offered. */
    private static byte[] ask(FuzzLink link, byte[] bytes) {
        boolean exhausted = at(bytes, 0) == 0xff;
        int head = exhausted ? 5 : 1;
        byte[] request =
                Arrays.copyOf(Arrays.copyOf(bytes, Math.max(head, 1)), head + 32 + Math.max(0, bytes.length - head));
        System.arraycopy(link.offeredHash(), 0, request, head, 32);
        if (bytes.length > head) {
            System.arraycopy(bytes, head, request, head + 32, bytes.length - head);
        }
        return request;
    }

    private static int at(byte[] bytes, int index) {
        return index < bytes.length ? bytes[index] & 0xff : 0;
    }

    private static Path temporary() {
        try {
            Path made = Files.createTempDirectory("kairos-fuzz");
            made.toFile().deleteOnExit();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
