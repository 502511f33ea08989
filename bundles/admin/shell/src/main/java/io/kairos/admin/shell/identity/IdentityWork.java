package io.kairos.admin.shell.identity;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.Services;
import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.lib.bytes.Hashes;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/** What {@code identity:encrypt}, {@code decrypt}, {@code sign}, {@code verify} and {@code rnid} do with files. */
final class IdentityWork {

    private final Services services;
    private final Path folder;
    private final PrintStream out;

    /** @param folder where relative paths start */
    IdentityWork(Services services, Path folder, PrintStream out) {
        this.services = services;
        this.folder = folder;
        this.out = out;
    }

    /** What a step writes. */
    private interface Writer {
        void writeTo(OutputStream target) throws IOException;
    }

    void encrypt(String file, String to, String target, boolean force) {
        PublicIdentity recipient = publicIdentity(to);
        Path from = folder.resolve(file);
        Path sealed = folder.resolve(target == null ? file + ".rfe" : target);
        write(sealed, force, stream -> {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(from))) {
                SealedFile.encrypt(suite(), recipient, in, stream);
            }
        });
        out.println("Encrypted to " + recipient.hash().toHex() + ": " + sealed);
    }

    void decrypt(String file, String identity, String target, boolean force) {
        LocalIdentity recipient = local(identity);
        if (target == null && !file.endsWith(".rfe")) {
            throw Arguments.wrong(
                    "Where shall the decrypted file go?", "Files named .rfe lose it; otherwise say -w <file>.");
        }
        Path from = folder.resolve(file);
        Path plain = folder.resolve(target == null ? file.substring(0, file.length() - 4) : target);
        write(plain, force, stream -> {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(from))) {
                SealedFile.decrypt(recipient, in, stream);
            }
        });
        out.println("Decrypted: " + plain);
    }

    void sign(String file, String identity, String target, boolean force) {
        LocalIdentity signer = local(identity);
        byte[] signature = SignatureFile.sign(signer, hash(folder.resolve(file)));
        Path signed = folder.resolve(target == null ? file + ".rsg" : target);
        write(signed, force, stream -> stream.write(signature));
        out.println("Signed by " + signer.hash().toHex() + ": " + signed);
    }

    /** @param expected hash of the identity that must have signed; {@code null} for any */
    void verify(String file, String expected) {
        boolean isSignature = file.endsWith(".rsg");
        Path signature = folder.resolve(isSignature ? file : file + ".rsg");
        Path signed = folder.resolve(isSignature ? file.substring(0, file.length() - 4) : file);
        try (InputStream in = Files.newInputStream(signature)) {
            byte[] bytes = in.readNBytes(SignatureFile.LARGEST);
            IdentityHash who = SignatureFile.verify(bytes, hash(signed), suite().signer());
            if (expected != null && !publicOrHash(expected).equals(who)) {
                throw Arguments.wrong(
                        "The signature is true, but of somebody else: %s.".formatted(who.toHex()),
                        "Ask whom you expected for a signature.");
            }
            out.println("True: " + signed.getFileName() + " was signed by " + who.toHex() + ".");
        } catch (MalformedException e) {
            throw Arguments.wrong("Not true: " + e.getMessage() + ".", "Get the file and its signature once more.");
        } catch (IOException e) {
            throw unreadable(signature, e);
        }
    }

    private IdentityHash publicOrHash(String text) {
        return services.require(IdentityStore.class)
                .find(text)
                .map(LocalIdentity::hash)
                .orElseGet(() -> Arguments.identity(text));
    }

    private LocalIdentity local(String name) {
        return Identities.find(services.require(IdentityStore.class), name);
    }

    /** An identity of this node by name or hash, or somebody else's by its hash or that of a known destination. */
    private PublicIdentity publicIdentity(String text) {
        IdentityStore store = services.require(IdentityStore.class);
        if (store.find(text).isPresent()) {
            return store.find(text).get().publicIdentity();
        }
        IdentityHash hash = Arguments.identity(text);
        KnownDestinations known = services.require(KnownDestinations.class);
        return store.find(hash)
                .map(LocalIdentity::publicIdentity)
                .or(() -> known.recall(hash).map(KnownDestination::identity))
                .or(() -> known.recall(DestinationHash.of(hash.toBytes())).map(KnownDestination::identity))
                .orElseThrow(() -> Arguments.wrong(
                        "Nothing has been heard of %s yet.".formatted(hash.toHex()),
                        "Its public key comes with an announce: mesh:path <destination> asks for one."));
    }

    private CryptoSuite suite() {
        return services.all(CryptoSuite.class).stream()
                .filter(suite -> suite.name().equals(CryptoSuite.RETICULUM))
                .findFirst()
                .orElseGet(() -> services.require(CryptoSuite.class));
    }

    private static byte[] hash(Path file) {
        MessageDigest digest = Hashes.newSha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
            return digest.digest();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** The file appears when it is complete. */
    private static void write(Path target, boolean force, Writer writer) {
        if (!force && Files.exists(target)) {
            throw Arguments.wrong(
                    "%s exists already.".formatted(target), "Give another name with -w, or overwrite it with -f.");
        }
        try {
            Path draft = Files.createTempFile(target.toAbsolutePath().getParent(), ".draft-", ".tmp");
            try {
                try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(draft))) {
                    writer.writeTo(stream);
                }
                Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (MalformedException e) {
            throw Arguments.wrong("It cannot be decrypted: " + e.getMessage() + ".", "Choose the identity with -i.");
        } catch (IOException e) {
            throw unreadable(target, e);
        }
    }

    private static MeshException unreadable(Path file, IOException cause) {
        return new MeshException(
                Failure.Kind.STORAGE,
                "%s could not be read or written: %s".formatted(file, cause.getMessage()),
                "Check that it exists and that the user who runs Kairos may use it.",
                cause);
    }
}
