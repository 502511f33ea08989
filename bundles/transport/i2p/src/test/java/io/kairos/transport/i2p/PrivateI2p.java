package io.kairos.transport.i2p;

import io.kairos.test.kit.Counterpart;
import io.kairos.test.kit.WaitFor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An I2P network of two routers of Debian's i2pd in a network namespace of its own, so that their addresses, which i2pd
 * wants to be public ones, exist nowhere else. Their SAM bridges are reached from outside through Unix sockets.
 */
final class PrivateI2p implements AutoCloseable {

    private static final int ROUTERS = 2;
    private static final Duration BOUND = Duration.ofSeconds(20);

    private final Path base;
    private final Path i2pd;
    private final Path socat;
    private final List<Process> processes = new ArrayList<>();
    private final List<ServerSocket> doors = new ArrayList<>();
    private final List<Path> socketFiles = new ArrayList<>();
    private Process namespace;

    static PrivateI2p start(Path base) throws IOException, InterruptedException {
        PrivateI2p made = new PrivateI2p(base);
        try {
            made.makeNamespace();
            made.startRouters();
            return made;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            made.close();
            throw e;
        }
    }

    private PrivateI2p(Path base) {
        this.base = base;
        this.i2pd = Counterpart.program("i2pd", "i2pd");
        this.socat = Counterpart.program("socat", "socat");
    }

    /** A port on 127.0.0.1 that leads to the SAM bridge of a router. */
    int bridge(int router) {
        return doors.get(router).getLocalPort();
    }

    @Override
    public void close() {
        doors.forEach(PrivateI2p::shut);
        processes.forEach(PrivateI2p::end);
        if (namespace != null) {
            end(namespace);
        }
        try {
            for (Path socket : socketFiles) {
                Files.deleteIfExists(socket);
                Files.deleteIfExists(socket.getParent());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void makeNamespace() throws IOException {
        String script = "ip link set lo up && ip addr add 44.1.1.0/32 dev lo && ip addr add 44.1.1.1/32 dev lo"
                + " && echo made && exec cat";
        namespace = new ProcessBuilder("unshare", "-n", "sh", "-c", script)
                .redirectError(base.resolve("namespace").toFile())
                .start();
        byte[] said = namespace.getInputStream().readNBytes(4);
        Counterpart.needs(
                Arrays.equals(said, "made".getBytes(StandardCharsets.US_ASCII)),
                "the right to make a network namespace (root, iproute2)");
    }

    private void startRouters() throws IOException, InterruptedException {
        List<Process> first = new ArrayList<>();
        for (int i = 0; i < ROUTERS; i++) {
            configure(i);
            first.add(startRouter(i));
        }
        for (int i = 0; i < ROUTERS; i++) {
            Path description = folder(i).resolve("router.info");
            int router = i;
            WaitFor.condition(
                    "a router has described itself",
                    BOUND,
                    () -> description.toFile().length() > 400
                            && read(log(router)).contains("Start listening"));
        }
        first.forEach(PrivateI2p::end);
        introduce(0, 1);
        introduce(1, 0);
        for (int i = 0; i < ROUTERS; i++) {
            Files.deleteIfExists(log(i));
            startRouter(i);
            int router = i;
            // one after the other: who calls before the other listens remembers it as unreachable
            WaitFor.condition("it listens", BOUND, () -> read(log(router)).contains("Start listening"));
            openBridge(i);
        }
    }

    private void configure(int router) throws IOException {
        Files.createDirectories(folder(router));
        Files.writeString(folder(router).resolve("tunnels.conf"), "");
        Files.writeString(folder(router).resolve("i2pd.conf"), """
                log = file
                logfile = %1$s/log
                loglevel = info
                netid = 77
                nat = false
                reservedrange = false
                floodfill = %3$s
                host = 44.1.1.%2$d
                address4 = 44.1.1.%2$d
                port = 36000
                ipv4 = true
                ipv6 = false
                bandwidth = X
                [http]
                enabled = false
                [httpproxy]
                enabled = false
                [socksproxy]
                enabled = false
                [sam]
                enabled = true
                address = 44.1.1.%2$d
                port = 7656
                [reseed]
                verify = false
                urls =
                yggurls =
                threshold = 0
                [ntcp2]
                enabled = true
                published = true
                port = 36000
                [ssu2]
                enabled = true
                published = true
                port = 36000
                [exploratory]
                inbound.length = 0
                outbound.length = 0
                [upnp]
                enabled = false
                [nettime]
                enabled = false
                [persist]
                profiles = false
                """.formatted(folder(router), router, router == 0));
    }

    private Process startRouter(int router) throws IOException {
        Path folder = folder(router);
        return inside(
                folder.resolve("output"),
                i2pd.toString(),
                "--conf",
                folder.resolve("i2pd.conf").toString(),
                "--tunconf",
                folder.resolve("tunnels.conf").toString(),
                "--tunnelsdir",
                folder.resolve("tunnels.d").toString(),
                "--datadir",
                folder.toString(),
                "--pidfile",
                folder.resolve("pid").toString());
    }

    /** Puts what one router says about itself into the data base of the other. */
    private void introduce(int router, int to) throws IOException {
        byte[] description = Files.readAllBytes(folder(router).resolve("router.info"));
        int length = 387 + ((description[385] & 0xFF) << 8 | description[386] & 0xFF);
        String name = I2pBase64.encode(sha(Arrays.copyOf(description, length)));
        Path folder = Files.createDirectories(folder(to).resolve("netDb").resolve("r" + name.charAt(0)));
        Files.write(folder.resolve("routerInfo-" + name + ".dat"), description);
    }

    private void openBridge(int router) throws IOException {
        // short, because the name of a Unix socket is at most about 100 bytes long
        Path socket = Files.createTempDirectory("sam").resolve("s");
        socketFiles.add(socket);
        inside(
                folder(router).resolve("socat"),
                socat.toString(),
                "UNIX-LISTEN:" + socket + ",fork",
                "TCP:44.1.1." + router + ":7656");
        ServerSocket door = new ServerSocket(0, 64, InetAddress.getByName("127.0.0.1"));
        doors.add(door);
        WaitFor.condition("the way in is open", BOUND, () -> Files.exists(socket));
        start(() -> {
            try {
                while (true) {
                    relay(door.accept(), socket);
                }
            } catch (IOException e) {
                // closed
            }
        });
    }

    private void relay(Socket here, Path socket) throws IOException {
        SocketChannel there = SocketChannel.open(StandardProtocolFamily.UNIX);
        there.connect(UnixDomainSocketAddress.of(socket));
        start(() -> copy(here, there, () -> {
            byte[] buffer = new byte[8_192];
            InputStream in = here.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                ByteBuffer left = ByteBuffer.wrap(buffer, 0, count);
                while (left.hasRemaining()) {
                    there.write(left);
                }
            }
        }));
        start(() -> copy(here, there, () -> {
            ByteBuffer buffer = ByteBuffer.allocate(8_192);
            while (there.read(buffer.clear()) >= 0) {
                here.getOutputStream().write(buffer.array(), 0, buffer.position());
            }
        }));
    }

    private interface Copying {
        void copy() throws IOException;
    }

    private static void copy(Socket here, SocketChannel there, Copying copying) {
        try {
            copying.copy();
        } catch (IOException e) {
            // one of them is gone
        }
        shut(here);
        shut(there);
    }

    private Process inside(Path output, String... command) throws IOException {
        List<String> line = new ArrayList<>(List.of("nsenter", "-t", Long.toString(namespace.pid()), "-n", "--"));
        line.addAll(List.of(command));
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        processes.add(process);
        return process;
    }

    private Path folder(int router) {
        return base.resolve("router" + router);
    }

    private Path log(int router) {
        return folder(router).resolve("log");
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sha(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "private-i2p");
        thread.setDaemon(true);
        thread.start();
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void shut(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception e) {
            // wanted
        }
    }
}
