package io.kairos.transport.websocket;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority and a server's certificate for {@code localhost}, made for one test run with the tool of the Java runtime. */
final class Certificates {

    private static final String PASSWORD = "only-for-a-test";

    private final Path folder;
    private final Path store;

    private Certificates(Path folder) {
        this.folder = folder;
        this.store = folder.resolve("keys.p12");
    }

    static Certificates make(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        Certificates made = new Certificates(folder);
        made.keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Test authority", "-ext", "bc:c");
        made.server("server", "dns:localhost,ip:127.0.0.1");
        made.server("other", "dns:other.example");
        try (InputStream in = Files.newInputStream(made.store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            Files.writeString(
                    made.authority(),
                    pem("CERTIFICATE", keys.getCertificate("ca").getEncoded()));
            for (String name : List.of("server", "other")) {
                StringBuilder chain = new StringBuilder();
                for (Certificate each : keys.getCertificateChain(name)) {
                    chain.append(pem("CERTIFICATE", each.getEncoded()));
                }
                Files.writeString(made.chain(name), chain.toString());
                byte[] key = keys.getKey(name, PASSWORD.toCharArray()).getEncoded();
                Files.writeString(made.key(name), pem("PRIVATE KEY", key));
            }
        }
        return made;
    }

    Path authority() {
        return folder.resolve("authority.pem");
    }

    Path chain(String name) {
        return folder.resolve(name + ".pem");
    }

    Path key(String name) {
        return folder.resolve(name + ".key");
    }

    private void server(String name, String names) throws IOException, InterruptedException {
        keytool("-genkeypair", "-alias", name, "-signer", "ca", "-dname", "CN=" + name, "-ext", "san=" + names);
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD, "-storetype", "PKCS12"));
        command.add("-J-XX:TieredStopAtLevel=1");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
    }

    private static String pem(String type, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(bytes);
        return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
    }
}
