package io.kairos.test.node;

import io.kairos.test.kit.WaitFor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;

/** The console of a node in a terminal, in which somebody types. */
final class Dialogue implements AutoCloseable {

    static final String ENTER = "\r";
    static final String END_OF_INPUT = "\u0004";
    static final String INTERRUPT = "\u0003";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ClientSession session;
    private final ChannelShell channel;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(); // synchronized by itself
    private int heardUntil;

    Dialogue(ClientSession session) throws IOException {
        this.session = session;
        channel = session.createShellChannel();
        channel.setPtyType("xterm");
        channel.setPtyColumns(200);
        channel.setOut(out);
        channel.setErr(out);
        channel.open().verify(PATIENCE);
        await("> ");
    }

    /** Presses keys; what was said before does not count for the next {@link #await}. */
    void type(String keys) throws IOException {
        heardUntil = said().length();
        channel.getInvertedIn().write(keys.getBytes(StandardCharsets.UTF_8));
        channel.getInvertedIn().flush();
    }

    /** Waits until something is said, since the last keys. */
    void await(String text) {
        WaitFor.condition("'" + text + "' in the console", NodeProcess.START, () -> heard().contains(text));
    }

    /** What was said since the last keys. */
    String heard() {
        return said().substring(heardUntil);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        channel.close(true);
        channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE);
        session.close();
    }
}
