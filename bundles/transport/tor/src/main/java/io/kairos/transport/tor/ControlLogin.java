package io.kairos.transport.tor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Convinces tor that this node may control it: by a password where the operator gave one, else by the cookie, of which
 * tor and we prove to each other that we know it (SAFECOOKIE). The cookie itself is sent (COOKIE) only where tor knows
 * nothing better and the operator has named the file: who poses as tor could otherwise ask for any file of 32 bytes.
 *
 * @param cookieFile where the operator says it is; empty: where tor says it is
 * @param password of HashedControlPassword; empty: none
 */
record ControlLogin(Optional<String> cookieFile, Optional<String> password) {

    private static final int COOKIE_BYTES = 32;
    private static final int NONCE_BYTES = 32;
    private static final String TOR_PROVES = "Tor safe cookie authentication server-to-controller hash";
    private static final String WE_PROVE = "Tor safe cookie authentication controller-to-server hash";
    private static final Pattern CHALLENGE =
            Pattern.compile("AUTHCHALLENGE SERVERHASH=([0-9A-Fa-f]{64}) SERVERNONCE=([0-9A-Fa-f]{64})");

    /** @throws io.kairos.api.failure.MeshException where tor is not convinced, or is no tor */
    void convince(ControlConnection tor, SecureRandom random) {
        ControlReply told = tor.ask("PROTOCOLINFO 1");
        if (!told.isOk()) {
            throw ControlFailures.notTor("it does not know PROTOCOLINFO");
        }
        ProtocolInfo info = ProtocolInfo.of(told);
        if (!tor.ask("AUTHENTICATE" + proof(tor, info, random)).isOk()) {
            throw ControlFailures.refused();
        }
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "ControlLogin";
    }

    private String proof(ControlConnection tor, ProtocolInfo info, SecureRandom random) {
        if (password.isPresent() && info.methods().contains("HASHEDPASSWORD")) {
            return " " + quoted(password.get());
        }
        if (info.methods().contains("NULL")) {
            return "";
        }
        Optional<String> file = cookieFile.or(info::cookieFile);
        if (file.isPresent() && info.methods().contains("SAFECOOKIE")) {
            return " " + HexFormat.of().formatHex(safeProof(tor, cookie(file.get()), random));
        }
        if (cookieFile.isPresent() && info.methods().contains("COOKIE")) {
            return " " + HexFormat.of().formatHex(cookie(cookieFile.get()));
        }
        throw ControlFailures.noMethod();
    }

    private static byte[] safeProof(ControlConnection tor, byte[] cookie, SecureRandom random) {
        byte[] mine = new byte[NONCE_BYTES];
        random.nextBytes(mine);
        ControlReply reply =
                tor.ask("AUTHCHALLENGE SAFECOOKIE " + HexFormat.of().formatHex(mine));
        Matcher challenge =
                CHALLENGE.matcher(reply.lines().isEmpty() ? "" : reply.lines().get(0));
        if (!reply.isOk() || !challenge.matches()) {
            throw ControlFailures.notTor("no challenge");
        }
        byte[] theirs = HexFormat.of().parseHex(challenge.group(2));
        byte[] expected = hmac(TOR_PROVES, cookie, mine, theirs);
        if (!MessageDigest.isEqual(expected, HexFormat.of().parseHex(challenge.group(1)))) {
            throw ControlFailures.impostor();
        }
        return hmac(WE_PROVE, cookie, mine, theirs);
    }

    private static byte[] hmac(String key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            Arrays.stream(parts).forEach(mac::update);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }

    private static byte[] cookie(String file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            bytes = in.readNBytes(COOKIE_BYTES + 1);
        } catch (IOException | InvalidPathException e) {
            throw ControlFailures.cookieUnreadable();
        }
        if (bytes.length != COOKIE_BYTES) {
            throw ControlFailures.notACookie();
        }
        return bytes;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
