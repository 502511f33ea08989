package io.kairos.transport.local.rpc;

import io.kairos.api.failure.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One call of a program from its first byte to its last: both sides prove that they know the key, the program first, then
 * one question and one answer. Bytes in, bytes out; knows no sockets. Not safe for several threads.
 *
 * <pre>
 *  node                        program
 *  #CHALLENGE# m          ─►
 *                         ◄─   response to m
 *  #WELCOME# or #FAILURE# ─►
 *                         ◄─   #CHALLENGE# n
 *  response to n          ─►
 *                         ◄─   #WELCOME#
 *                         ◄─   call
 *  answer                 ─►
 * </pre>
 */
final class RpcSession {

    /** Longest message before the program is known. */
    static final int LONGEST_STRANGE = 256;

    /** Longest call; the longest that programs send has some hundred bytes. */
    static final int LONGEST_CALL = 65_536;

    private static final byte[] CHALLENGE = "#CHALLENGE#".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WELCOME = "#WELCOME#".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FAILURE = "#FAILURE#".getBytes(StandardCharsets.US_ASCII);

    /** What is expected next. */
    private enum Awaiting {
        RESPONSE,
        CHALLENGE,
        WELCOME,
        CALL,
        NOTHING
    }

    /** How it ended. */
    enum End {
        /** It goes on. */
        OPEN,
        /** The call was answered. */
        ANSWERED,
        /** The program does not know the key. */
        REFUSED,
        /** What came makes no sense, or is no call that this node knows. */
        NOT_UNDERSTOOD
    }

    private final byte[] key;
    private final byte[] challenge;
    private final Function<byte[], Optional<byte[]>> calls;
    private final MessageReader reader = new MessageReader();
    private Awaiting awaiting = Awaiting.RESPONSE;
    private End end = End.OPEN;

    /** @param calls answers an encoded call; empty where it is not understood */
    RpcSession(byte[] key, SecureRandom random, Function<byte[], Optional<byte[]>> calls) {
        this.key = key.clone();
        this.challenge = Challenge.draw(random);
        this.calls = calls;
    }

    /** What the node says first. */
    byte[] opening() {
        return MessageReader.frame(join(CHALLENGE, challenge));
    }

    /** Takes what has arrived and gives what to send; afterwards {@link #end} tells whether to close. */
    List<byte[]> received(ByteBuffer bytes) {
        List<byte[]> replies = new ArrayList<>();
        if (end != End.OPEN) {
            return replies;
        }
        try {
            reader.feed(bytes);
            byte[] message;
            while (end == End.OPEN && (message = reader.next(longest())) != null) {
                step(message).map(MessageReader::frame).ifPresent(replies::add);
            }
        } catch (MalformedException strange) {
            finish(End.NOT_UNDERSTOOD);
        }
        return replies;
    }

    End end() {
        return end;
    }

    private int longest() {
        return awaiting == Awaiting.CALL ? LONGEST_CALL : LONGEST_STRANGE;
    }

    private Optional<byte[]> step(byte[] message) {
        switch (awaiting) {
            case RESPONSE -> {
                if (!Challenge.isProof(key, challenge, message)) {
                    finish(End.REFUSED);
                    return Optional.of(FAILURE);
                }
                awaiting = Awaiting.CHALLENGE;
                return Optional.of(WELCOME);
            }
            case CHALLENGE -> {
                if (!begins(message, CHALLENGE)) {
                    finish(End.NOT_UNDERSTOOD);
                    return Optional.empty();
                }
                awaiting = Awaiting.WELCOME;
                return Optional.of(
                        Challenge.respond(key, Arrays.copyOfRange(message, CHALLENGE.length, message.length)));
            }
            case WELCOME -> {
                if (Arrays.equals(message, WELCOME)) {
                    awaiting = Awaiting.CALL;
                } else {
                    finish(End.REFUSED);
                }
                return Optional.empty();
            }
            case CALL -> {
                Optional<byte[]> answer = calls.apply(message);
                finish(answer.isPresent() ? End.ANSWERED : End.NOT_UNDERSTOOD);
                return answer;
            }
            default -> {
                return Optional.empty();
            }
        }
    }

    private void finish(End how) {
        end = how;
        awaiting = Awaiting.NOTHING;
    }

    private static boolean begins(byte[] message, byte[] start) {
        return message.length >= start.length && Arrays.equals(message, 0, start.length, start, 0, start.length);
    }

    private static byte[] join(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }
}
