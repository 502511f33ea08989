package io.kairos.test.node;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.rmi.RemoteException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.PublicKeyEntry;

/** The console of a node as its operator reaches it: SSH with a key. */
final class RemoteConsole implements AutoCloseable {

    private static final String USER = "founder";

    /** The groups as the distribution ships them. */
    static final String GROUPS = "_g_\\:viewer = group,viewer,ssh\n_g_\\:operator = group,operator,viewer,ssh\n"
            + "_g_\\:owner = group,owner,operator,viewer,admin,manager,systembundles,ssh\n";

    private static final int ATTEMPTS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Pattern NUMBER = Pattern.compile("\"([a-z_-]+)\"\\s*:\\s*(\\d+)");

    private final SshClient client = SshClient.setUpDefaultClient();
    private final KeyPair key;
    private final int port;
    private final String user;

    /** That of an owner. */
    RemoteConsole(int port) {
        this(port, USER);
    }

    RemoteConsole(int port, String user) {
        this.port = port;
        this.user = user;
        try {
            key = KeyPairGenerator.getInstance("EC").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has elliptic curves", e);
        }
        client.setServerKeyVerifier((session, address, serverKey) -> true); // a node made for this test, on loopback
        client.start();
    }

    /** The content of {@code etc/keys.properties} that lets this console in. */
    String keysFile() {
        return line("_g_:owner") + GROUPS;
    }

    /** The line that lets this console in with these roles and groups. */
    String line(String roles) {
        return user + " = " + PublicKeyEntry.toString(key.getPublic()).split(" ")[1] + "," + roles + "\n";
    }

    int port() {
        return port;
    }

    /**
     * What is printed, also by a command that fails. The node hangs up as soon as a command is done, which now and then
     * overtakes what it said; then it is asked again.
     */
    String say(String command) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try (ClientSession session = open()) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try {
                    session.executeRemoteCommand(command, out, out, StandardCharsets.UTF_8);
                } catch (RemoteException e) {
                    return out.toString(StandardCharsets.UTF_8); // the command failed; what it said is what counts
                } catch (IOException e) {
                    if (out.size() == 0 && attempt < ATTEMPTS) {
                        continue;
                    }
                }
                return out.toString(StandardCharsets.UTF_8);
            }
        }
    }

    /** Karaf opens its console anew a moment after the first time, once it has read its settings; then it is asked again. */
    private ClientSession open() throws IOException {
        long start = System.nanoTime();
        while (true) {
            ClientSession session = null;
            try {
                session =
                        client.connect(user, "127.0.0.1", port).verify(PATIENCE).getSession();
                session.addPublicKeyIdentity(key);
                session.auth().verify(PATIENCE);
                return session;
            } catch (IOException e) {
                if (session != null) {
                    session.close(true);
                }
                if (!isLineBroken(e) || System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** Whether nobody listened or the other end vanished, unlike a key that is refused. */
    private static boolean isLineBroken(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException && !(cause instanceof SshException)) {
                return true;
            }
        }
        return false;
    }

    /** Opens it in a terminal. */
    Dialogue talk() throws IOException {
        return new Dialogue(open());
    }

    String run(String command) throws IOException {
        try (ClientSession session = open()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            session.executeRemoteCommand(command, out, out, StandardCharsets.UTF_8);
            return out.toString(StandardCharsets.UTF_8);
        }
    }

    /** Everything the node has refused so far, by reason; {@code malformed_frames} are those of the interfaces. */
    Map<String, Long> refused() throws IOException {
        Map<String, Long> counters = numbers(run("mesh:refusals --json"));
        counters.put("malformed_frames", numbers(run("mesh:status --json")).getOrDefault("malformed_frames", 0L));
        return counters;
    }

    /** Adds up equal keys. */
    private static Map<String, Long> numbers(String json) {
        Map<String, Long> numbers = new TreeMap<>();
        Matcher matcher = NUMBER.matcher(json);
        while (matcher.find()) {
            numbers.merge(matcher.group(1), Long.parseLong(matcher.group(2)), Long::sum);
        }
        return numbers;
    }

    @Override
    public void close() {
        client.stop();
    }
}
