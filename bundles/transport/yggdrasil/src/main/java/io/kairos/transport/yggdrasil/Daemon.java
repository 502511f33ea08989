package io.kairos.transport.yggdrasil;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Timers;
import java.io.IOException;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Asks the daemon for its address. What it answers is not trusted: it is bounded in length and time.
 *
 * <p>Threads: one asks, any closes.
 */
final class Daemon implements AutoCloseable {

    private static final Duration MOST_TO_ANSWER = Duration.ofSeconds(5);
    private static final String AGAIN = " Kairos looks again by itself.";

    private final List<AdminAddress> places;
    private final Timers timers;

    // ---- guarded by this ----
    private SocketChannel open;
    private boolean closed;

    Daemon(List<AdminAddress> places, Timers timers) {
        this.places = places;
        this.timers = timers;
    }

    /** @throws MeshException why it is not known: there is no daemon, or it answers with something else */
    Inet6Address address() {
        boolean isDenied = false;
        for (AdminAddress place : places) {
            try {
                Optional<String> answer = ask(place);
                if (answer.isPresent()) {
                    return answer.flatMap(SelfAnswer::address).orElseThrow(Daemon::strange);
                }
            } catch (IOException e) {
                isDenied |= !place.path().isEmpty() && isThere(place);
            }
        }
        throw isDenied
                ? failure(
                        "The Yggdrasil daemon does not let this user ask",
                        "Let the node's user write to its socket file: add it to the group that owns the file, or set"
                                + " AdminListen to tcp://127.0.0.1:9001 and admin.socket alike." + AGAIN)
                : failure(
                        "The Yggdrasil daemon does not run here",
                        "Install and start it: apt-get install yggdrasil, systemctl enable --now yggdrasil. Where it"
                                + " listens elsewhere, set admin.socket as AdminListen in yggdrasil.conf." + AGAIN);
    }

    /** The daemon's words; empty where what listens there says too much or nothing. */
    private Optional<String> ask(AdminAddress place) throws IOException {
        SocketChannel channel = place.connect();
        keep(channel);
        Timers.Timer late = timers.after(MOST_TO_ANSWER, () -> end(channel));
        try (channel) {
            ByteBuffer question = ByteBuffer.wrap(SelfAnswer.QUESTION.getBytes(StandardCharsets.US_ASCII));
            while (question.hasRemaining()) {
                channel.write(question);
            }
            ByteBuffer answer = ByteBuffer.allocate(Json.MOST_CHARS);
            while (answer.hasRemaining()) {
                if (channel.read(answer) < 0) {
                    return Optional.of(new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8));
                }
            }
            throw strange();
        } finally {
            late.cancel();
            forget();
        }
    }

    private static boolean isThere(AdminAddress place) {
        return Files.exists(Path.of(place.path())) && !Files.isWritable(Path.of(place.path()));
    }

    private static MeshException strange() {
        return failure(
                "What listens at the place of the Yggdrasil daemon does not say an address",
                "Set admin.socket to AdminListen of yggdrasil.conf; the daemon must be 0.3 or newer." + AGAIN);
    }

    private static MeshException failure(String message, String remedy) {
        return new MeshException(Failure.Kind.NETWORK, message, remedy);
    }

    private synchronized void keep(SocketChannel channel) throws IOException {
        if (closed) {
            channel.close();
            throw new IOException("closed");
        }
        open = channel;
    }

    private synchronized void forget() {
        open = null;
    }

    private static void end(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            return; // it is gone either way
        }
    }

    @Override
    public void close() {
        SocketChannel last;
        synchronized (this) {
            closed = true;
            last = open;
        }
        if (last != null) {
            end(last);
        }
    }
}
