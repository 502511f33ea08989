package io.kairos.test.node;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.PublicKeyEntry;

/** The console of a node as its operator reaches it: SSH with a key. */
final class RemoteConsole implements AutoCloseable {

    private static final String USER = "operator";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern NUMBER = Pattern.compile("\"([a-z_-]+)\"\\s*:\\s*(\\d+)");

    private final SshClient client = SshClient.setUpDefaultClient();
    private final KeyPair key;
    private final int port;

    RemoteConsole(int port) {
        this.port = port;
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
        String base64 = PublicKeyEntry.toString(key.getPublic()).split(" ")[1];
        return USER + " = " + base64
                + ",_g_:admingroup\n_g_\\:admingroup = group,admin,manager,viewer,systembundles,ssh\n";
    }

    String run(String command) throws IOException {
        try (ClientSession session =
                client.connect(USER, "127.0.0.1", port).verify(PATIENCE).getSession()) {
            session.addPublicKeyIdentity(key);
            session.auth().verify(PATIENCE);
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
