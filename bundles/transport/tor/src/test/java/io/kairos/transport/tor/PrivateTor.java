package io.kairos.transport.tor;

import io.kairos.test.kit.Counterpart;
import io.kairos.test.kit.WaitFor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Tor network of its own on loopback: one directory authority and three further relays, and a tor that uses them. It knows
 * nobody else, and nobody knows it.
 */
final class PrivateTor implements AutoCloseable {

    private static final int RELAYS = 4;
    private static final Duration BOUND = Duration.ofSeconds(60);

    private final Path base;
    private final Path tor;
    private final List<Process> processes = new ArrayList<>();
    private final List<Integer> ports;
    private final Path user;
    private String authority = "";
    private Process last;

    /** Starts all of it; takes about twenty seconds until circuits can be built. */
    static PrivateTor network(Path base) throws IOException, InterruptedException {
        PrivateTor made = new PrivateTor(base);
        try {
            made.startRelays();
            made.startUser();
            return made;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            made.close();
            throw e;
        }
    }

    /** A single tor that never connects to anything. */
    static PrivateTor alone(Path base) throws IOException, InterruptedException {
        PrivateTor made = new PrivateTor(base);
        made.authority = "DirAuthority nobody orport=1 no-v2 v3ident=%1$s 127.0.0.1:1 %1$s%nDisableNetwork 1%n"
                .formatted("F".repeat(40));
        made.startUser();
        return made;
    }

    private PrivateTor(Path base) throws IOException {
        this.base = base;
        this.tor = Counterpart.program("tor", "tor");
        this.ports = freePorts(2 * RELAYS + 2);
        this.user = folder("user");
    }

    int socksPort() {
        return ports.get(2 * RELAYS);
    }

    int controlPort() {
        return ports.get(2 * RELAYS + 1);
    }

    /** Whether circuits can be built. */
    boolean isReady() {
        return log(user).contains("Bootstrapped 100%");
    }

    /** Stops the tor that is used. */
    void stopUser() {
        end(last);
    }

    /** Starts it again on the same ports. */
    void restartUser() throws IOException {
        start(user);
    }

    @Override
    public void close() {
        processes.forEach(PrivateTor::end);
    }

    private void startRelays() throws IOException, InterruptedException {
        Path gencert = Counterpart.program("tor-gencert", "tor");
        List<Path> folders = new ArrayList<>();
        for (int i = 0; i < RELAYS; i++) {
            Path folder = folder("relay" + i);
            folders.add(folder);
            Files.writeString(folder.resolve("torrc"), relay(folder, i));
            if (i == 0) {
                authority = authority(gencert, folder);
            }
        }
        for (Path folder : folders) {
            Files.writeString(folder.resolve("torrc"), Files.readString(folder.resolve("torrc")) + authority);
            start(folder);
        }
    }

    private void startUser() throws IOException, InterruptedException {
        Files.writeString(user.resolve("torrc"), common(user) + """
                        SocksPort 127.0.0.1:%d ExtendedErrors
                        ControlPort 127.0.0.1:%d
                        CookieAuthentication 1
                        """.formatted(socksPort(), controlPort()) + authority);
        start(user);
    }

    private void start(Path folder) throws IOException {
        last = new ProcessBuilder(tor.toString(), "-f", folder.resolve("torrc").toString(), "--quiet")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        processes.add(last);
    }

    private String relay(Path folder, int number) {
        String roles = number > 0 ? "" : """
                AuthoritativeDirectory 1
                V3AuthoritativeDirectory 1
                V3AuthVotingInterval 10
                V3AuthVoteDelay 2
                V3AuthDistDelay 2
                TestingV3AuthInitialVotingInterval 5
                TestingV3AuthInitialVoteDelay 2
                TestingV3AuthInitialDistDelay 2
                TestingDirAuthVoteExit *
                TestingDirAuthVoteHSDir *
                TestingDirAuthVoteGuard *
                TestingMinExitFlagThreshold 0
                MinUptimeHidServDirectoryV2 0
                V3AuthNIntervalsValid 2
                """;
        return common(folder) + """
                Nickname relay%d
                Address 127.0.0.1
                ContactInfo nobody
                ORPort 127.0.0.1:%d IPv4Only
                DirPort 127.0.0.1:%d
                SocksPort 0
                ExitRelay 1
                ExitPolicyRejectPrivate 0
                ExitPolicy accept 127.0.0.0/8:*
                AssumeReachable 1
                ServerDNSDetectHijacking 0
                ServerDNSTestAddresses
                """.formatted(number, ports.get(2 * number), ports.get(2 * number + 1)) + roles;
    }

    private static String common(Path folder) {
        return """
                TestingTorNetwork 1
                DataDirectory %1$s
                PidFile %1$s/pid
                Log notice file %1$s/log
                ShutdownWaitLength 0
                AvoidDiskWrites 1
                PathsNeededToBuildCircuits 0.67
                __OwningControllerProcess %2$d
                """.formatted(folder, ProcessHandle.current().pid());
    }

    /** Makes the keys of the authority and says how others know it. */
    private String authority(Path gencert, Path folder) throws IOException, InterruptedException {
        Path keys = Files.createDirectory(folder.resolve("keys"));
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwx------"));
        Process making = new ProcessBuilder(
                        gencert.toString(),
                        "--create-identity-key",
                        "-m",
                        "12",
                        "-a",
                        "127.0.0.1:" + ports.get(1),
                        "-i",
                        keys.resolve("authority_identity_key").toString(),
                        "-s",
                        keys.resolve("authority_signing_key").toString(),
                        "-c",
                        keys.resolve("authority_certificate").toString(),
                        "--passphrase-fd",
                        "0")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("gencert").toFile())
                .start();
        making.getOutputStream().write("nobody\n".getBytes(StandardCharsets.US_ASCII));
        making.getOutputStream().close();
        awaitEnd(making);
        awaitEnd(new ProcessBuilder(
                        tor.toString(),
                        "-f",
                        folder.resolve("torrc").toString(),
                        "--list-fingerprint",
                        "--quiet",
                        "--DirAuthority",
                        "nobody 127.0.0.1:1 " + "F".repeat(40))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("fingerprints").toFile())
                .start());
        String identity = find(Files.readString(keys.resolve("authority_certificate")), "fingerprint (\\w+)");
        String relay = find(Files.readString(folder.resolve("fingerprint")), "\\w+ (\\w{40})");
        return "DirAuthority relay0 orport=%d no-v2 v3ident=%s 127.0.0.1:%d %s%n"
                .formatted(ports.get(0), identity, ports.get(1), relay);
    }

    private Path folder(String name) throws IOException {
        Path folder = Files.createDirectories(base.resolve(name)).toAbsolutePath();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        return folder;
    }

    private static String log(Path folder) {
        try {
            return Files.exists(folder.resolve("log")) ? Files.readString(folder.resolve("log")) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("tor has made no " + pattern);
        }
        return matcher.group(1);
    }

    private static void awaitEnd(Process process) throws InterruptedException {
        if (!process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError("a program of tor has failed, see its folder below target");
        }
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(3, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        List<Integer> free = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
            held.add(socket);
            free.add(socket.getLocalPort());
        }
        for (ServerSocket socket : held) {
            socket.close();
        }
        return free;
    }

    /** Waits until circuits can be built. */
    void awaitReady() {
        WaitFor.condition("circuits can be built", BOUND, this::isReady);
    }
}
