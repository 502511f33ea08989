package io.kairos.admin.shell.identity;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.Services;
import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
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
import java.util.Optional;

/** What {@code identity:encrypt}, {@code decrypt}, {@code sign}, {@code verify} and {@code rnid} do with files. */
final class IdentityWork {

    private static final int LARGEST_RAW = 64 << 20;

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
    interface Writer {
        void writeTo(OutputStream target) throws IOException;
    }

    void encrypt(String file, PublicIdentity recipient, String target, boolean force) {
        Path from = folder.resolve(file);
        Path sealed = folder.resolve(target == null ? file + ".rfe" : target);
        write(sealed, force, stream -> {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(from))) {
                SealedFile.encrypt(suite(), recipient, in, stream);
            }
        });
        out.println("Encrypted to " + recipient.hash().toHex() + ": " + sealed);
    }

    void decrypt(String file, LocalIdentity recipient, String target, boolean force) {
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

    void sign(String file, LocalIdentity signer, String target, boolean force) {
        byte[] signature = SignatureFile.sign(signer, hash(folder.resolve(file)));
        Path signed = folder.resolve(target == null ? file + ".rsg" : target);
        write(signed, force, stream -> stream.write(signature));
        out.println("Signed by " + signer.hash().toHex() + ": " + signed);
    }

    /** Signs a file and gives the signature as text. */
    void signAsText(String file, LocalIdentity signer, KeyEncoding form) {
        out.print(Armour.wrap(form.encode(SignatureFile.sign(signer, hash(folder.resolve(file))))));
    }

    /** Writes a bare signature over the bytes of a file; who checks it has to know whose it is. */
    void signRaw(String file, LocalIdentity signer, String target, boolean force) {
        byte[] signature = signer.sign(contents(folder.resolve(file)));
        Path signed = folder.resolve(target == null ? file + ".rsg" : target);
        write(signed, force, stream -> stream.write(signature));
        out.println("Signed by " + signer.hash().toHex() + ": " + signed);
    }

    /** @param expected who must have signed; empty for anybody */
    void verify(String file, Optional<Signatory> expected) {
        boolean isSignature = file.endsWith(".rsg");
        Path signature = folder.resolve(isSignature ? file : file + ".rsg");
        Path signed = folder.resolve(isSignature ? file.substring(0, file.length() - 4) : file);
        try (InputStream in = Files.newInputStream(signature)) {
            byte[] bytes = in.readNBytes(SignatureFile.LARGEST);
            IdentityHash who = SignatureFile.isBare(bytes)
                    ? verifyRaw(bytes, signed, expected)
                    : SignatureFile.verify(bytes, hash(signed), suite().signer());
            expect(who, expected);
            out.println("True: " + signed.getFileName() + " was signed by " + who.toHex() + ".");
        } catch (MalformedException e) {
            throw Arguments.wrong("Not true: " + e.getMessage() + ".", "Get the file and its signature once more.");
        } catch (IOException e) {
            throw unreadable(signature, e);
        }
    }

    private IdentityHash verifyRaw(byte[] signature, Path signed, Optional<Signatory> expected) {
        PublicIdentity who = expected.flatMap(Signatory::keys)
                .orElseThrow(() -> Arguments.wrong(
                        "This signature does not tell whose it is.",
                        "Say who should have signed: -i <identity>, one whose public keys are known here."));
        if (!suite().signer().verify(who.signingKey(), contents(signed), signature)) {
            throw new MalformedException("the signature is false, or of somebody else");
        }
        return who.hash();
    }

    static void expect(IdentityHash who, Optional<Signatory> expected) {
        if (expected.isPresent() && !expected.get().hash().equals(who)) {
            throw Arguments.wrong(
                    "The signature is true, but of somebody else: %s.".formatted(who.toHex()),
                    "Ask whom you expected for a signature.");
        }
    }

    /** A file that fits into memory, as signing it without a hash needs. */
    private static byte[] contents(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_RAW + 1);
            if (bytes.length > LARGEST_RAW) {
                throw Arguments.wrong(
                        "%s is too long for a bare signature.".formatted(file),
                        "Sign it without --raw; 64 MiB is the most.");
            }
            return bytes;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private CryptoSuite suite() {
        return WorkingIdentity.suiteOf(services);
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
    static void write(Path target, boolean force, Writer writer) {
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

    static MeshException unreadable(Path file, IOException cause) {
        return new MeshException(
                Failure.Kind.STORAGE,
                "%s could not be read or written: %s".formatted(file, cause.getMessage()),
                "Check that it exists and that the user who runs Kairos may use it.",
                cause);
    }
}
