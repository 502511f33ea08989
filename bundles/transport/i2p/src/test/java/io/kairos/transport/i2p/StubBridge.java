package io.kairos.transport.i2p;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SAM bridge of version 3.1 with all of I2P inside: sessions, names, and streams between them. Says what a bridge says,
 * also when something is wrong.
 */
final class StubBridge implements AutoCloseable {

    private static final Pattern OPTION = Pattern.compile("([A-Z_]+)=(\\S*)");

    private record Session(String id, Destination destination, Socket owner, Deque<Socket> accepting) {}

    private final ServerSocket listening;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Random random = new Random(7);

    // ---- guarded by this ----
    private final Map<String, Session> sessions = new HashMap<>();
    private final Map<String, String> answers = new HashMap<>();

    StubBridge() {
        this(0);
    }

    StubBridge(int port) {
        try {
            listening = new ServerSocket(port, 64, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("accept", this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Every line that clients have said, in order of arrival. */
    List<String> heard() {
        return List.copyOf(heard);
    }

    /** From now on commands that begin so get this answer. */
    synchronized void answer(String command, String line) {
        answers.put(command, line);
    }

    synchronized void answerAsUsual() {
        answers.clear();
    }

    /** Forgets all sessions, as a router that was started anew. */
    synchronized void forgetSessions() {
        sessions.clear();
    }

    @Override
    public void close() {
        shut(listening);
        sockets.forEach(StubBridge::shut);
    }

    /** Keys of the usual kind: 384 bytes of keys, a certificate of four bytes, secrets. */
    synchronized String newKeys() {
        byte[] keys = new byte[391 + 64];
        random.nextBytes(keys);
        byte[] certificate = {5, 0, 4, 0, 7, 0, 0};
        System.arraycopy(certificate, 0, keys, 384, certificate.length);
        return I2pBase64.encode(keys);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                sockets.add(socket);
                start("connection", () -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try {
            InputStream in = socket.getInputStream(); // unbuffered: what follows a command may be packets
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next != '\n') {
                    line.append((char) next);
                    continue;
                }
                String command = line.toString();
                line.setLength(0);
                heard.add(command);
                if (!obey(command, socket)) {
                    return;
                }
            }
        } catch (IOException e) {
            // gone
        }
        ended(socket);
    }

    /** False where the connection is a stream now, or waits to become one. */
    private boolean obey(String command, Socket socket) throws IOException {
        String canned;
        synchronized (this) {
            canned = answers.entrySet().stream()
                    .filter(entry -> command.startsWith(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(null);
        }
        Map<String, String> options = options(command);
        if (canned != null) {
            say(socket, canned);
            return true;
        }
        if (command.equals("HELLO VERSION MIN=3.1 MAX=3.1")) {
            say(socket, "HELLO REPLY RESULT=OK VERSION=3.1");
        } else if (command.equals("DEST GENERATE SIGNATURE_TYPE=7")) {
            String keys = newKeys();
            say(socket, "DEST REPLY PUB=" + Destination.ofPrivate(keys).base64() + " PRIV=" + keys);
        } else if (command.startsWith("SESSION CREATE STYLE=STREAM ")) {
            say(socket, create(options, socket));
        } else if (command.startsWith("NAMING LOOKUP ")) {
            say(socket, lookup(options.get("NAME")));
        } else if (command.startsWith("STREAM ACCEPT ")) {
            return !acceptStream(options.get("ID"), socket);
        } else if (command.startsWith("STREAM CONNECT ")) {
            return !connectStream(options, socket);
        } else {
            say(socket, "I2P_ERROR MESSAGE=\"unknown command\"");
        }
        return true;
    }

    private synchronized String create(Map<String, String> options, Socket owner) {
        Destination destination = Destination.ofPrivate(options.get("DESTINATION"));
        if (sessions.values().stream().anyMatch(other -> other.destination().equals(destination))) {
            return "SESSION STATUS RESULT=DUPLICATED_DEST";
        }
        sessions.put(options.get("ID"), new Session(options.get("ID"), destination, owner, new ArrayDeque<>()));
        return "SESSION STATUS RESULT=OK DESTINATION=" + options.get("DESTINATION");
    }

    private synchronized String lookup(String name) {
        return sessions.values().stream()
                .filter(session -> session.destination().base32().equals(name))
                .findFirst()
                .map(session -> "NAMING REPLY RESULT=OK NAME=" + name + " VALUE="
                        + session.destination().base64())
                .orElse("NAMING REPLY RESULT=KEY_NOT_FOUND NAME=" + name);
    }

    private synchronized boolean acceptStream(String id, Socket socket) throws IOException {
        Session session = sessions.get(id);
        if (session == null) {
            say(socket, "STREAM STATUS RESULT=INVALID_ID");
            return false;
        }
        say(socket, "STREAM STATUS RESULT=OK");
        session.accepting().add(socket);
        return true;
    }

    private synchronized boolean connectStream(Map<String, String> options, Socket socket) throws IOException {
        Session from = sessions.get(options.get("ID"));
        if (from == null) {
            say(socket, "STREAM STATUS RESULT=INVALID_ID");
            return false;
        }
        Session to = sessions.values().stream()
                .filter(session -> session.destination().base64().equals(options.get("DESTINATION")))
                .findFirst()
                .orElse(null);
        Socket door = to == null ? null : to.accepting().poll();
        if (door == null) {
            say(socket, "STREAM STATUS RESULT=CANT_REACH_PEER");
            return false;
        }
        say(door, from.destination().base64());
        say(socket, "STREAM STATUS RESULT=OK");
        start("there", () -> copy(socket, door));
        start("back", () -> copy(door, socket));
        return true;
    }

    /** A session ends with its connection, and with it whoever accepts for it. */
    private void ended(Socket owner) {
        List<Socket> doors = new ArrayList<>();
        synchronized (this) {
            sessions.values().removeIf(session -> {
                if (session.owner() != owner) {
                    return false;
                }
                doors.addAll(session.accepting());
                return true;
            });
        }
        doors.forEach(StubBridge::shut);
        shut(owner);
    }

    private static void copy(Socket from, Socket to) {
        byte[] buffer = new byte[8_192];
        try {
            OutputStream out = to.getOutputStream();
            for (int count = from.getInputStream().read(buffer); count >= 0; ) {
                out.write(buffer, 0, count);
                count = from.getInputStream().read(buffer);
            }
        } catch (IOException e) {
            // one of them is gone
        }
        shut(from);
        shut(to);
    }

    private static Map<String, String> options(String command) {
        Map<String, String> options = new HashMap<>();
        Matcher option = OPTION.matcher(command);
        while (option.find()) {
            options.put(option.group(1), option.group(2));
        }
        return options;
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void start(String job, Runnable task) {
        Thread thread = new Thread(task, "stub-bridge-" + job);
        thread.setDaemon(true);
        thread.start();
    }

    private static void shut(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception e) {
            // wanted
        }
    }
}
