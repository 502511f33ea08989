package io.kairos.transport.local.rpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RpcSessionTest {

    private static final byte[] KEY = {1, 2, 3, 4};
    private static final byte[] OTHER_KEY = {1, 2, 3, 5};
    private static final byte[] OLD_CHALLENGE = new byte[20];

    private final RpcSession session = new RpcSession(
            KEY, new SecureRandom(), call -> call[0] == 9 ? Optional.empty() : Optional.of(new byte[] {call[0], 7}));

    private static ByteBuffer frame(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuffer message = ByteBuffer.allocate(length);
        Arrays.stream(parts).forEach(message::put);
        return ByteBuffer.wrap(MessageReader.frame(message.array()));
    }

    private static byte[] text(String text) {
        return text.getBytes();
    }

    private byte[] challenge() {
        byte[] opening = session.opening();
        return Arrays.copyOfRange(opening, 4 + "#CHALLENGE#".length(), opening.length);
    }

    private void prove() {
        assertEquals(List.of("#WELCOME#"), strings(session.received(frame(Challenge.respond(KEY, challenge())))));
        List<byte[]> response = session.received(frame(text("#CHALLENGE#"), OLD_CHALLENGE));
        byte[] code = Arrays.copyOfRange(response.get(0), 4, response.get(0).length);
        assertTrue(Challenge.isProof(KEY, OLD_CHALLENGE, code));
        assertEquals(16, code.length, "an old challenge gets an old answer");
        assertEquals(List.of(), session.received(frame(text("#WELCOME#"))));
    }

    private static List<String> strings(List<byte[]> frames) {
        return frames.stream()
                .map(frame -> new String(frame, 4, frame.length - 4))
                .toList();
    }

    @Test
    void aProgramWithTheKeyGetsItsAnswer() {
        prove();
        List<byte[]> answer = session.received(frame(new byte[] {5}));
        assertArrayEquals(new byte[] {0, 0, 0, 2, 5, 7}, answer.get(0));
        assertEquals(RpcSession.End.ANSWERED, session.end());
        assertEquals(List.of(), session.received(frame(new byte[] {5})), "one call for each connection");
    }

    @Test
    void bytesMayComeOneByOne() {
        byte[] proof = frame(Challenge.respond(KEY, challenge())).array();
        for (int i = 0; i < proof.length - 1; i++) {
            assertEquals(List.of(), session.received(ByteBuffer.wrap(proof, i, 1)));
        }
        assertEquals(List.of("#WELCOME#"), strings(session.received(ByteBuffer.wrap(proof, proof.length - 1, 1))));
    }

    @Test
    void aProgramWithAnotherKeyIsRefused() {
        List<byte[]> replies = session.received(frame(Challenge.respond(OTHER_KEY, challenge())));
        assertEquals(List.of("#FAILURE#"), strings(replies));
        assertEquals(RpcSession.End.REFUSED, session.end());
    }

    @Test
    void nothingIsAnsweredBeforeTheProof() {
        assertEquals(List.of("#FAILURE#"), strings(session.received(frame(new byte[] {5}))));
        assertEquals(RpcSession.End.REFUSED, session.end());
    }

    @Test
    void longMessagesOfStrangersAreRefusedByTheirLengthAlone() {
        assertEquals(List.of(), session.received(ByteBuffer.wrap(new byte[] {0, 0, 1, 1})));
        assertEquals(RpcSession.End.NOT_UNDERSTOOD, session.end());
    }

    @Test
    void hugeAndNegativeLengthsAreRefused() {
        for (byte[] header : List.of(
                new byte[] {-1, -1, -1, -1, 0, 0, 0, 1, 0, 0, 0, 0},
                new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1},
                new byte[] {-1, -1, -1, -2})) {
            RpcSession fresh = new RpcSession(KEY, new SecureRandom(), Optional::of);
            fresh.received(ByteBuffer.wrap(header));
            assertEquals(RpcSession.End.NOT_UNDERSTOOD, fresh.end());
        }
    }

    @Test
    void aLengthOfEightBytesIsUnderstood() {
        byte[] proof = Challenge.respond(KEY, challenge());
        ByteBuffer longForm = ByteBuffer.allocate(12 + proof.length);
        longForm.putInt(-1).putLong(proof.length).put(proof).flip();
        assertEquals(List.of("#WELCOME#"), strings(session.received(longForm)));
    }

    @Test
    void anUnknownCallEndsWithoutAnAnswer() {
        prove();
        assertEquals(List.of(), session.received(frame(new byte[] {9})));
        assertEquals(RpcSession.End.NOT_UNDERSTOOD, session.end());
    }

    @Test
    void aProgramThatDoesNotBelieveUsGetsNothing() {
        session.received(frame(Challenge.respond(KEY, challenge())));
        session.received(frame(text("#CHALLENGE#"), OLD_CHALLENGE));
        session.received(frame(text("#FAILURE#")));
        assertEquals(RpcSession.End.REFUSED, session.end());
    }
}
