package io.kairos.transport.satellite;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;

/**
 * A short-burst modem in memory, with its mailbox at the gateway; what is sent goes to the mailbox of another one, or wherever
 * the gateway takes it. It speaks
 * as the manual says, and fails when it is told to.
 */
final class SimulatedModem {

    /** Statuses of the next sessions, instead of success. */
    final Deque<Integer> failures = new ConcurrentLinkedDeque<>();

    /** Commands that have come. */
    final List<String> commands = Collections.synchronizedList(new ArrayList<>());

    volatile SimulatedModem other;

    /** Takes the message of each session; an empty one where it had none. */
    volatile Consumer<byte[]> destination = message -> {};

    volatile int signal = 5;
    volatile boolean isSilent;

    /** The network takes a message, and the modem does not hear of it. */
    volatile boolean losesAnswers;

    /** Each message reaches the other end twice. */
    volatile boolean repeats;

    // ---- guarded by this ----
    private final Deque<byte[]> mailbox = new ArrayDeque<>();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private byte[] toSend = {};
    private byte[] received = {};
    private int binaryLeft;
    private int numberSent;
    private int sessions;
    private boolean rings;
    private boolean echoes = true;
    private Stream open;

    static SimulatedModem pair(SimulatedModem first, SimulatedModem second) {
        first.other = second;
        second.other = first;
        first.destination = second::deliverFrom;
        second.destination = first::deliverFrom;
        return first;
    }

    private void deliverFrom(byte[] message) {
        if (message.length > 0) {
            deliver(message);
        }
    }

    synchronized int sessions() {
        return sessions;
    }

    /** A message arrives at the gateway for this modem. */
    synchronized void deliver(byte[] message) {
        if (mailbox.size() < 2_000) {
            mailbox.add(message);
        }
        ring();
    }

    /** Messages that wait for it. */
    synchronized int waiting() {
        return mailbox.size();
    }

    synchronized void ring() {
        if (rings && !mailbox.isEmpty()) {
            say("SBDRING");
        }
    }

    /** Takes bytes from the node, as from a wire. */
    void accept(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            accept(bytes[i]);
        }
    }

    private void accept(byte next) {
        String command = null;
        synchronized (this) {
            if (isSilent) {
                return;
            }
            if (binaryLeft > 0) {
                line.write(next);
                if (--binaryLeft == 0) {
                    loaded(line.toByteArray());
                    line.reset();
                }
            } else if (next == '\r') {
                command = line.toString(StandardCharsets.US_ASCII);
                line.reset();
                if (echoes) {
                    raw((command + "\r").getBytes(StandardCharsets.US_ASCII));
                }
            } else if (next != '\n') {
                line.write(next);
            }
        }
        if (command != null) {
            commands.add(command);
            execute(command);
        }
    }

    private void execute(String command) {
        if (command.startsWith("AT+SBDIX")) {
            session();
            return;
        }
        synchronized (this) {
            if (command.startsWith("AT+SBDWB=")) {
                binaryLeft = Integer.parseInt(command.substring(9)) + 2;
                say("READY");
            } else if (command.equals("AT+SBDRB")) {
                raw(ByteBuffer.allocate(2).putShort((short) received.length).array());
                raw(AtModem.withChecksum(received));
                say("OK");
            } else if (command.equals("AT+CSQ")) {
                say("+CSQ:" + signal);
                say("OK");
            } else if (command.equals("AT+SBDD0")) {
                toSend = new byte[0];
                say("0");
                say("OK");
            } else if (command.startsWith("AT+SBDMTA=")) {
                rings = command.endsWith("1");
                say("OK");
            } else if (command.equals("AT") || command.equals("AT&K0") || command.equals("AT+SBDAREG=1")) {
                say("OK");
            } else if (command.equals("ATE0")) {
                echoes = false;
                say("OK");
            } else {
                say("ERROR");
            }
        }
    }

    private void loaded(byte[] bytes) {
        byte[] message = Arrays.copyOf(bytes, bytes.length - 2);
        if (!Arrays.equals(bytes, AtModem.withChecksum(message))) {
            say("2");
        } else if (message.length > 340) {
            say("3");
        } else {
            toSend = message;
            say("0");
        }
        say("OK");
    }

    private void session() {
        byte[] sent;
        synchronized (this) {
            sessions++;
            Integer failure = failures.poll();
            if (failure != null) {
                answer(failure, 2);
                return;
            }
            sent = toSend;
            if (losesAnswers) {
                losesAnswers = false;
                answer(18, 2);
            } else {
                numberSent += sent.length > 0 ? 1 : 0;
                byte[] next = mailbox.poll();
                received = next == null ? new byte[0] : next;
                answer(0, next == null ? 0 : 1);
            }
        }
        destination.accept(sent);
        if (repeats) {
            destination.accept(sent);
        }
    }

    private void answer(int status, int arrived) {
        say("+SBDIX: %d, %d, %d, %d, %d, %d"
                .formatted(status, numberSent, arrived, 7, received.length, mailbox.size()));
        say("OK");
    }

    private void say(String text) {
        raw(("\r\n" + text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private synchronized void raw(byte[] bytes) {
        output.writeBytes(bytes);
        notifyAll();
    }

    /** What it has said and nobody has taken yet; waits a little for it. */
    synchronized byte[] take(Duration timeout, Stream asking) {
        long until = System.nanoTime() + timeout.toNanos();
        while (output.size() == 0 && (asking == null || !asking.closed)) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        byte[] all = output.toByteArray();
        output.reset();
        return all;
    }

    /** The end of its wire. */
    synchronized ByteStream open() {
        open = new Stream();
        output.reset();
        line.reset();
        binaryLeft = 0;
        echoes = true;
        return open;
    }

    final class Stream implements ByteStream {

        private byte[] rest = {};
        private volatile boolean closed;

        @Override
        public int read(byte[] into, Duration timeout) {
            if (rest.length == 0 && !closed) {
                rest = take(timeout, this);
            }
            if (closed) {
                return CLOSED;
            }
            int count = Math.min(into.length, rest.length);
            System.arraycopy(rest, 0, into, 0, count);
            rest = Arrays.copyOfRange(rest, count, rest.length);
            return count;
        }

        @Override
        public void write(ByteBuffer bytes) {
            byte[] all = new byte[bytes.remaining()];
            bytes.get(all);
            accept(all, all.length);
        }

        @Override
        public void close() {
            closed = true;
            synchronized (SimulatedModem.this) {
                SimulatedModem.this.notifyAll();
            }
        }
    }
}
