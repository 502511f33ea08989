package io.kairos.test.container;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.MeshInterface;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;

/** The operator edits files in {@code etc} while the node runs; each edit follows the effect of the one before at once. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class SettingsIT {

    private static final String NAME = "field";

    @Inject
    private BundleContext context;

    @Inject
    private ConfigurationAdmin configurations;

    @Inject
    private SessionFactory sessions;

    @Inject
    private BootFinished booted; // the node has everything it starts with

    private Console console;
    private Interfaces interfaces;
    private Path file;
    private int port;

    @Configuration
    public Option[] distribution() {
        return Node.options();
    }

    @Before
    public void find() throws IOException {
        console = new Console(sessions);
        interfaces = new Interfaces(context, configurations);
        file = Path.of(System.getProperty("karaf.etc"), "io.kairos.transport.tcp.server-" + NAME + ".cfg");
        port = Interfaces.freeTcpPort();
    }

    @After
    public void removeTheFile() throws Exception {
        Files.deleteIfExists(file);
        Node.await("the interface is gone", () -> interfaces.find(NAME).isEmpty());
    }

    @Test
    public void anEditTakesEffectAndHarmlessOnesKeepConnections() throws Exception {
        edit(settings(port));
        interfaces.awaitUp(NAME);
        MeshInterface running = interfaces.find(NAME).orElseThrow();
        try (Socket connection = connect(port)) {
            edit(settings(port) + "announce.cap.percent = 7\n");
            Node.await("the new announce cap holds", () -> running.policy().announceCap() > 0.06);
            assertSame(running, interfaces.find(NAME).orElseThrow());
            isOpen(connection);

            int other = Interfaces.freeTcpPort();
            edit(settings(other));
            Node.await("the new port is open", () -> accepts(other));
            Node.await("the old port is closed", () -> !accepts(port));
        }
    }

    @Test
    public void aBadEditIsRefusedAndTheInterfaceGoesOnAsItWas() throws Exception {
        edit(settings(port));
        interfaces.awaitUp(NAME);
        MeshInterface running = interfaces.find(NAME).orElseThrow();
        try (Socket connection = connect(port)) {
            edit(settings(99_999));
            String[] whatIsWrong = {file.toString(), "listen.port = 99999 is above 65535", "The default is 4242"};
            awaitDoctor(whatIsWrong);
            awaitLog("Settings refused in " + whatIsWrong[0] + ": " + whatIsWrong[1]);
            assertContains(console.run("iface:list"), NAME, "UP");

            assertSame(running, interfaces.find(NAME).orElseThrow());
            isOpen(connection);
            assertEquals("the operator's file stays as it is", settings(99_999), Files.readString(file));

            edit(settings(port));
            Node.await(
                    "nothing is refused any more",
                    () -> !console.run("mesh:doctor").contains("99999"));
            assertSame(running, interfaces.find(NAME).orElseThrow());
            isOpen(connection);
        }
    }

    @Test
    public void aFileThatIsRemovedTakesItsInterfaceAlong() throws Exception {
        edit(settings(port));
        interfaces.awaitUp(NAME);

        Files.delete(file);

        Node.await("the interface is gone", () -> interfaces.find(NAME).isEmpty());
        Node.await("nobody listens", () -> !accepts(port));
        assertTrue("the file does not come back", Files.notExists(file));
    }

    @Test
    public void aFileThatIsBadFromTheStartIsToldAndRepaired() throws Exception {
        edit("interface.name = " + NAME + "\nlisten.host = 127.0.0.1\nlisten.prot = " + port + "\n");
        awaitDoctor(file.toString(), "listen.prot", "there is no such setting", "Did you mean listen.port?");
        Node.await(
                "the interface is shown down",
                () -> interfaces
                        .find(NAME)
                        .filter(shown -> shown.status().state() != InterfaceState.UP)
                        .isPresent());
        assertContains(console.run("iface:list"), NAME, "DOWN");

        edit(settings(port));

        interfaces.awaitUp(NAME);
        assertTrue(accepts(port));
    }

    @Test
    public void aBadFileThatIsRemovedIsForgotten() throws Exception {
        edit("interface.name = " + NAME + "\nlisten.prot = " + port + "\n");
        awaitDoctor(file.toString(), "listen.prot");

        Files.delete(file);

        Node.await("forgotten", () -> !console.run("mesh:doctor").contains("listen.prot"));
        assertTrue("the file does not come back", Files.notExists(file));
    }

    private static String settings(int port) {
        return "# a comment\ninterface.name = " + NAME + "\nlisten.host = 127.0.0.1\nlisten.port = " + port + "\n";
    }

    /** Replaces the file in one step, as editors do. */
    private void edit(String text) throws IOException {
        Path draft = Files.writeString(file.resolveSibling("draft"), text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void awaitDoctor(String... words) throws Exception {
        Node.await("mesh:doctor says " + String.join(" … ", words), () -> {
            String said = console.run("mesh:doctor").replaceAll("\\s+", " ");
            return Arrays.stream(words).allMatch(said::contains);
        });
    }

    private static void awaitLog(String text) throws Exception {
        Path log = Path.of(System.getProperty("karaf.log"), "kairos.log");
        Node.await("the log says " + text, () -> Files.readString(log).contains(text));
    }

    private static void assertContains(String text, String... words) {
        for (String word : words) {
            assertTrue(word + " in " + text, text.contains(word));
        }
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
        return socket;
    }

    private static boolean accepts(int port) throws IOException {
        try (Socket socket = connect(port)) {
            return socket.isConnected();
        } catch (ConnectException refused) {
            return false;
        }
    }

    private static void isOpen(Socket connection) throws IOException {
        connection.setSoTimeout(100);
        try {
            while (connection.getInputStream().read(new byte[1_024]) >= 0) {
                // what the node announces
            }
        } catch (SocketTimeoutException silence) {
            return;
        }
        throw new AssertionError("the connection was closed");
    }
}
