package io.kairos.transport.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.admin.ProgramCalls;
import io.kairos.api.health.Finding;
import io.kairos.api.transport.InterfaceState;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.bytes.MessagePack;
import io.kairos.lib.framing.Hdlc;
import io.kairos.test.contract.RealTime;
import io.kairos.test.contract.RecordingSink;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.Vectors;
import io.kairos.test.kit.WaitFor;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalInterfaceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    private final RealTime time = new RealTime();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final int port = LocalContractTest.freePort();
    private final int controlPort = LocalContractTest.freePort();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        time.close();
    }

    private LocalInterface open(Object... more) {
        Settings settings = Settings.of("interface.name", "programs", "reticulum.folder", folder.toString());
        for (int i = 0; i < more.length; i += 2) {
            settings = settings.with(Map.of((String) more[i], more[i + 1]));
        }
        LocalInterface made = new LocalInterface(settings.as(LocalConfig.class), settings.map(), time);
        opened.add(made);
        return made;
    }

    private LocalInterface openTcp(Object... more) {
        List<Object> all = new ArrayList<>(List.of("socket", "tcp", "listen.port", port, "control.port", controlPort));
        all.addAll(List.of(more));
        LocalInterface made = open(all.toArray());
        made.attach(new RecordingSink());
        awaitUp(made);
        return made;
    }

    private static void awaitUp(LocalInterface made) {
        WaitFor.condition(
                "it is up: " + made.status(), PATIENCE, () -> made.status().isUp());
    }

    private Socket connect(int where) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), where);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        opened.add(socket);
        return socket;
    }

    private static byte[] frame(byte[] packet) {
        ByteBuffer framed = ByteBuffer.allocate(Hdlc.maximumFrameBytes(packet.length));
        Hdlc.encode(ByteBuffer.wrap(packet), framed);
        return Arrays.copyOf(framed.array(), framed.position());
    }

    // ---- the packet socket ----

    @Test
    void tellsProgramsAndOperatorsItsNameAsTheReferenceDoes() throws IOException {
        LocalInterface made = openTcp();
        RecordingSink sink = new RecordingSink();
        made.attach(sink);
        Socket program = connect(port);
        WaitFor.condition("it is a child", PATIENCE, () -> sink.children().size() == 1);

        assertEquals("Shared Instance[" + port + "]", made.description());
        var child = sink.children().keySet().iterator().next();
        assertEquals("LocalInterface[" + port + "]", child.description());
        assertTrue(child.servesLocalProgram());
        assertEquals(262_144, child.budget().packetBytes());
        assertEquals(1_000_000_000, child.budget().bitsPerSecond());
        program.close();
        WaitFor.condition("it goes", PATIENCE, () -> sink.children().isEmpty());
    }

    @Test
    void theNamesOfTheSocketsAreTheRecordedOnes() {
        var names = Vectors.load(LocalInterfaceTest.class, "shared-instance.json")
                .get("real_tools_to_own_server")
                .get("runs")
                .get("abstract_unix_socket")
                .get("names");
        Endpoint endpoint = new Endpoint(true, "<instance_name>", 1, 2, false);
        assertEquals(names.get(0).asText(), "\\0" + endpoint.text());
        assertEquals(names.get(1).asText(), "\\0" + endpoint.controlText());
    }

    @Test
    void aNameThatIsTakenIsAFailureWithARemedyUntilItIsFree() {
        Assumptions.assumeTrue(Endpoint.hasUnixSockets(), "this machine has no abstract sockets");
        String name = "kairos-test-" + port;
        LocalInterface first = open("instance.name", name);
        awaitUp(first);
        LocalInterface second = open("instance.name", name);
        WaitFor.condition("it is down", PATIENCE, () -> second.status().state() == InterfaceState.DOWN);

        var failure = second.status().failure().orElseThrow();
        assertTrue(failure.message().startsWith("rns/" + name + " is taken"), failure.message());
        assertTrue(failure.remedy().contains("instance_name"), failure.remedy());
        assertEquals("Shared Instance[rns/" + name + "]", first.description());
        first.close();
        awaitUp(second);
    }

    @Test
    void aTakenPortIsAFailureToo() {
        openTcp();
        LocalInterface second = open("socket", "tcp", "listen.port", port, "control.port", controlPort);
        WaitFor.condition("it is down", PATIENCE, () -> second.status().state() == InterfaceState.DOWN);
        assertTrue(second.status().failure().orElseThrow().message().contains("is taken"));
    }

    @Test
    void aProgramThatDoesNotReadHurtsNobody() throws IOException {
        LocalInterface made = openTcp("send.queue.bytes", 1 << 20);
        RecordingSink sink = new RecordingSink();
        made.attach(sink);
        connect(port);
        WaitFor.condition(
                "the silent one is there", PATIENCE, () -> sink.children().size() == 1);
        var silent = sink.children().keySet().iterator().next();
        byte[] packet = new byte[100_000];
        for (int i = 0; i < 400; i++) {
            silent.send(ByteBuffer.wrap(packet));
            silent.flush();
        }
        assertTrue(silent.counters().droppedOutgoing() > 200, "its queue has a bound");

        Socket other = connect(port);
        WaitFor.condition(
                "another one is there", PATIENCE, () -> sink.children().size() == 2);
        var reading = sink.children().keySet().stream()
                .filter(child -> child != silent)
                .findFirst()
                .orElseThrow();
        byte[] small = new byte[30];
        Arrays.fill(small, (byte) 5);
        reading.send(ByteBuffer.wrap(small));
        reading.flush();
        byte[] expected = frame(small);
        assertArrayEquals(expected, other.getInputStream().readNBytes(expected.length));
    }

    @Test
    void aNewCoreMakesProgramsRegisterAnew() throws IOException {
        LocalInterface made = openTcp();
        RecordingSink first = new RecordingSink();
        made.attach(first);
        Socket program = connect(port);
        WaitFor.condition("it is there", PATIENCE, () -> first.children().size() == 1);

        made.detach();
        RecordingSink second = new RecordingSink();
        made.attach(second);
        assertEquals(-1, program.getInputStream().read(), "a program announces itself only on a new connection");
        connect(port);
        WaitFor.condition("it is back", PATIENCE, () -> second.children().size() == 1);
    }

    @Test
    void furtherProgramsThanAllowedAreClosed() throws IOException {
        LocalInterface made = openTcp("maximum.programs", 1);
        RecordingSink sink = new RecordingSink();
        made.attach(sink);
        connect(port);
        WaitFor.condition("the first is there", PATIENCE, () -> sink.children().size() == 1);
        assertEquals(-1, connect(port).getInputStream().read());
    }

    @Test
    void wrongSettingsAreFailures() {
        for (Object[] wrong : new Object[][] {
            {"socket", "carrier-pigeon"},
            {"instance.name", "two words"},
            {"listen.port", 0},
            {"maximum.programs", 0},
            {"listen.port", 37_429, "socket", "tcp"}
        }) {
            LocalInterface made = open(wrong);
            assertEquals(InterfaceState.DOWN, made.status().state(), Arrays.toString(wrong));
            assertTrue(!made.status().failure().orElseThrow().remedy().isBlank());
        }
    }

    @Test
    void aControlKeyThatCannotBeReadIsIgnoredAsProgramsDo() throws IOException {
        LocalInterface made = openTcp("rpc.key", "xyz");

        WaitFor.condition("it is up", PATIENCE, () -> made.status().isUp());
    }

    // ---- the control socket ----

    private static final class Calls implements ProgramCalls {
        @Override
        public Optional<Answer> answer(Map<?, ?> call) {
            return "link_count".equals(call.get("get")) ? Optional.of(new Answer(7L)) : Optional.empty();
        }
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(key, "HmacMD5"));
            return mac.doFinal(message);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new AssertionError(e);
        }
    }

    /** Asks as a program on Python 3.11 does; {@code null} where the node closes without an answer. */
    private byte[] ask(byte[] key, byte[] call) throws IOException {
        Socket socket = connect(controlPort);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        byte[] challenge = read(in);
        send(out, hmac(key, Arrays.copyOfRange(challenge, 11, challenge.length)));
        String verdict = new String(read(in));
        if (!verdict.equals("#WELCOME#")) {
            assertEquals("#FAILURE#", verdict);
            return null;
        }
        byte[] own = ("#CHALLENGE#" + "x".repeat(20)).getBytes();
        send(out, own);
        assertArrayEquals(hmac(key, "x".repeat(20).getBytes()), read(in));
        send(out, "#WELCOME#".getBytes());
        send(out, call);
        return in.read() < 0 ? null : readAfterFirstByte(in);
    }

    private static byte[] read(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }

    private static byte[] readAfterFirstByte(DataInputStream in) throws IOException {
        int rest = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        byte[] answer = in.readNBytes(rest);
        assertEquals(-1, in.read(), "one answer, then it is closed");
        return answer;
    }

    private static void send(DataOutputStream out, byte[] message) throws IOException {
        out.writeInt(message.length);
        out.write(message);
        out.flush();
    }

    @Test
    void questionsAreAnsweredInBothEncodings() throws IOException {
        LocalInterface made = openTcp();
        made.bindCalls(new Calls(), Map.of());
        Path file = folder.resolve("storage/transport_identity");
        WaitFor.condition("the key file is made", PATIENCE, () -> Files.exists(file));
        byte[] key = Hashes.sha256(Files.readAllBytes(file));

        WaitFor.condition("the control socket listens", PATIENCE, this::controlListens);
        assertArrayEquals(new byte[] {7}, ask(key, MessagePack.pack(Map.of("get", "link_count"))));
        byte[] pickled = {
            (byte) 0x80,
            4,
            '}',
            (byte) 0x8c,
            3,
            'g',
            'e',
            't',
            (byte) 0x8c,
            10,
            'l',
            'i',
            'n',
            'k',
            '_',
            'c',
            'o',
            'u',
            'n',
            't',
            's',
            '.'
        };
        assertArrayEquals(new byte[] {(byte) 0x80, 3, 'J', 7, 0, 0, 0, '.'}, ask(key, pickled));
        assertEquals(null, ask(key, MessagePack.pack(Map.of("get", "secrets"))), "unknown calls are closed");
        assertEquals(null, ask(new byte[32], MessagePack.pack(Map.of("get", "link_count"))));
        assertTrue(made.examine().stream().anyMatch(finding -> finding.message().contains("another key")));
        made.unbindCalls(null);
    }

    private boolean controlListens() {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), controlPort)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Test
    void aKeyFileThatCannotBeReadIsAFinding() throws IOException {
        Files.createDirectories(folder.resolve("storage/transport_identity"));
        LocalInterface made = openTcp();
        WaitFor.condition(
                "it is found",
                PATIENCE,
                () -> made.examine().stream()
                        .anyMatch(finding -> finding.severity() == Finding.Severity.WARNING
                                && finding.message().contains("cannot ask this node")));
        assertTrue(made.status().isUp(), "packets still pass");
    }
}
