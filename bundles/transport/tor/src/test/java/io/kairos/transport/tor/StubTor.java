package io.kairos.transport.tor;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A tor with all of its network inside: a SOCKS port, a control port, and onion services that end with their connection. */
final class StubTor implements AutoCloseable {

    private static final Pattern ADD = Pattern.compile("ADD_ONION (\\S+) Port=(\\d+),127\\.0\\.0\\.1:(\\d+)");

    private record Service(int port, int localPort, Socket owner) {}

    private final ServerSocket socks;
    private final ServerSocket control;
    private final byte[] cookie = new byte[32];
    private final Path cookieFile;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> users = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Service> services = new ConcurrentHashMap<>();
    private final Random random = new Random(3);

    volatile String methods = "COOKIE,SAFECOOKIE";
    volatile String password = "";
    volatile boolean publishes = true;
    volatile boolean knowsTheCookie = true;
    volatile int refusal;
    volatile Optional<String> addAnswer = Optional.empty();

    StubTor(Path folder) {
        this(folder, 0, 0);
    }

    StubTor(Path folder, int socksPort, int controlPort) {
        try {
            InetAddress here = InetAddress.getByName("127.0.0.1");
            socks = new ServerSocket(socksPort, 64, here);
            control = new ServerSocket(controlPort, 64, here);
            random.nextBytes(cookie);
            cookieFile = Files.write(folder.resolve("control \"auth\" cookie"), cookie);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        accept(socks, this::proxy);
        accept(control, this::serve);
    }

    int socksPort() {
        return socks.getLocalPort();
    }

    int controlPort() {
        return control.getLocalPort();
    }

    Path cookieFile() {
        return cookieFile;
    }

    /** Lines that controllers have said. */
    List<String> heard() {
        return List.copyOf(heard);
    }

    /** User names of clients, in order. */
    List<String> users() {
        return List.copyOf(users);
    }

    /** Hosts that clients have asked for. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** The address that belongs to a key. */
    static String service(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-512").digest(key.getBytes(StandardCharsets.US_ASCII));
            StringBuilder id = new StringBuilder();
            for (int i = 0; i < 56; i++) {
                id.append("abcdefghijklmnopqrstuvwxyz234567".charAt(hash[i] & 31));
            }
            return id.toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String newKey() {
        byte[] bytes = new byte[64];
        random.nextBytes(bytes);
        return "ED25519-V3:" + Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public void close() {
        shut(socks);
        shut(control);
        sockets.forEach(StubTor::shut);
    }

    // ---- SOCKS ----

    private void proxy(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        OutputStream out = client.getOutputStream();
        in.readByte();
        byte[] offered = in.readNBytes(in.readUnsignedByte());
        byte method = offered[0];
        out.write(new byte[] {5, method});
        if (method == Socks.METHOD_PASSWORD) {
            in.readByte();
            users.add(new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8));
            in.readNBytes(in.readUnsignedByte());
            out.write(new byte[] {1, 0});
        }
        in.readNBytes(4);
        String host = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
        int port = in.readUnsignedShort();
        asked.add(host);
        Service service = awaited(host.replace(".onion", ""));
        int code = refusal != 0 ? refusal : service == null ? 4 : service.port() != port ? 5 : 0;
        out.write(new byte[] {5, (byte) code, 0, 1, 0, 0, 0, 0, 0, 0});
        if (code != 0) {
            shut(client);
            return;
        }
        Socket there = new Socket("127.0.0.1", service.localPort());
        sockets.add(there);
        start(() -> copy(client, there));
        copy(there, client);
    }

    /** Looking for a service takes a moment in Tor, too; so whoever starts both ends at once need not try twice. */
    private synchronized Service awaited(String id) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(400);
        try {
            for (long left = 400; !services.containsKey(id) && left > 0; ) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return services.get(id);
    }

    private synchronized void tellWaiting() {
        notifyAll();
    }

    // ---- control port ----

    private void serve(Socket controller) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(controller.getInputStream(), StandardCharsets.US_ASCII));
        boolean isTrusted = false;
        byte[] expected = {};
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            heard.add(line);
            if (line.startsWith("PROTOCOLINFO")) {
                String file = cookieFile.toString().replace("\\", "\\\\").replace("\"", "\\\"");
                say(controller, "250-PROTOCOLINFO 1");
                say(controller, "250-AUTH METHODS=" + methods + " COOKIEFILE=\"" + file + "\"");
                say(controller, "250-VERSION Tor=\"0.4.9.11\"");
                say(controller, "250 OK");
            } else if (line.startsWith("AUTHCHALLENGE SAFECOOKIE ")) {
                byte[] mine = new byte[32];
                byte[] theirs = HexFormat.of().parseHex(line.substring(25));
                byte[] known = knowsTheCookie ? cookie : new byte[32];
                expected = hmac("Tor safe cookie authentication controller-to-server hash", known, theirs, mine);
                byte[] proof = hmac("Tor safe cookie authentication server-to-controller hash", known, theirs, mine);
                say(
                        controller,
                        "250 AUTHCHALLENGE SERVERHASH="
                                + HexFormat.of().formatHex(proof).toUpperCase(Locale.ROOT) + " SERVERNONCE="
                                + HexFormat.of().formatHex(mine));
            } else if (line.startsWith("AUTHENTICATE")) {
                isTrusted = isProof(line.substring(12).strip(), expected);
                say(controller, isTrusted ? "250 OK" : "515 Authentication failed");
            } else if (!isTrusted) {
                say(controller, "514 Authentication required.");
            } else if (line.startsWith("ADD_ONION")) {
                add(line, controller);
            } else if (line.startsWith("GETINFO status/bootstrap-phase")) {
                say(
                        controller,
                        "250-status/bootstrap-phase=NOTICE BOOTSTRAP PROGRESS=45 TAG=loading SUMMARY=\"Loading\"");
                say(controller, "250 OK");
            } else {
                say(controller, "250 OK");
            }
        }
        services.values().removeIf(service -> service.owner() == controller);
    }

    private void add(String line, Socket controller) throws IOException {
        Matcher add = ADD.matcher(line);
        if (addAnswer.isPresent() || !add.matches()) {
            say(controller, addAnswer.orElse("512 Bad arguments"));
            return;
        }
        boolean isNew = add.group(1).equals("NEW:ED25519-V3");
        String key = isNew ? newKey() : add.group(1);
        String id = service(key);
        if (services.containsKey(id)) {
            say(controller, "550 Onion address collision");
            return;
        }
        services.put(id, new Service(Integer.parseInt(add.group(2)), Integer.parseInt(add.group(3)), controller));
        tellWaiting();
        say(controller, "250-ServiceID=" + id);
        if (isNew) {
            say(controller, "250-PrivateKey=" + key);
        }
        say(controller, "250 OK");
        if (publishes) {
            say(controller, "650 HS_DESC UPLOAD " + id + " UNKNOWN $00 x");
            say(controller, "650 HS_DESC UPLOADED " + id + " UNKNOWN $00");
        }
    }

    private boolean isProof(String given, byte[] expected) {
        return switch (methods) {
            case "NULL" -> given.isEmpty();
            case "HASHEDPASSWORD" -> given.equals("\"" + password.replace("\"", "\\\"") + "\"");
            case "COOKIE" -> given.equals(HexFormat.of().formatHex(cookie));
            default -> expected.length > 0 && given.equals(HexFormat.of().formatHex(expected));
        };
    }

    // ---- both ----

    private interface Serving {
        void serve(Socket socket) throws IOException;
    }

    private void accept(ServerSocket door, Serving serving) {
        start(() -> {
            try {
                while (true) {
                    Socket socket = door.accept();
                    sockets.add(socket);
                    start(() -> {
                        try {
                            serving.serve(socket);
                        } catch (IOException e) {
                            // gone
                        }
                        services.values().removeIf(service -> service.owner() == socket);
                        shut(socket);
                    });
                }
            } catch (IOException e) {
                // closed
            }
        });
    }

    private static void copy(Socket from, Socket to) {
        byte[] buffer = new byte[8_192];
        try {
            InputStream in = from.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                to.getOutputStream().write(buffer, 0, count);
            }
        } catch (IOException e) {
            // one of them is gone
        }
        shut(from);
        shut(to);
    }

    private static byte[] hmac(String key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            Arrays.stream(parts).forEach(mac::update);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "stub-tor");
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
