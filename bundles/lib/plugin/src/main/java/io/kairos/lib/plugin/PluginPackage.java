package io.kairos.lib.plugin;

import io.kairos.api.failure.MalformedException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A package whose structure is sound. Whom to believe is the caller's business. Threads: one. */
public final class PluginPackage {

    private static final int CHUNK = 64 << 10;

    private final PackageSource source;
    private final Map<String, StoredArchive.Place> entries;
    private final PackageManifest manifest;
    private final byte[] manifestBytes;
    private final List<PackageSignature> signatures;

    PluginPackage(
            PackageSource source,
            Map<String, StoredArchive.Place> entries,
            PackageManifest manifest,
            byte[] manifestBytes,
            List<PackageSignature> signatures) {
        this.source = source;
        this.entries = entries;
        this.manifest = manifest;
        this.manifestBytes = manifestBytes;
        this.signatures = List.copyOf(signatures);
    }

    public PackageManifest manifest() {
        return manifest;
    }

    public List<PackageSignature> signatures() {
        return signatures;
    }

    /** What the signatures sign. */
    public byte[] signedBytes() {
        return PackageSignatures.signedBytes(manifestBytes);
    }

    /** SHA-256 of the manifest, in hexadecimal: two packages with the same one hold the same. */
    public String digest() {
        return HexFormat.of().formatHex(Digests.sha256(manifestBytes));
    }

    /**
     * Those of the given keys that have signed; a signature of another key or algorithm is left alone.
     *
     * @param check whether a signature over a message is valid
     */
    public List<PackageKey> signers(List<PackageKey> keys, SignatureCheck check) {
        byte[] signed = signedBytes();
        return keys.stream()
                .filter(key -> signatures.stream()
                        .filter(signature -> signature.algorithm().equals(key.algorithm()))
                        .filter(signature -> signature.keyId().equals(key.id()))
                        .anyMatch(signature -> check.verify(key, signed, signature.raw())))
                .toList();
    }

    /**
     * Copies one file; the digest is checked at the end, so what was written is worth nothing when this throws.
     *
     * @throws MalformedException where the bytes are not those of the manifest
     */
    public void copy(PackageFile file, OutputStream out) throws IOException {
        MessageDigest digest = Digests.newSha256();
        copy(source, entries.get(file.path()), (buffer, count) -> {
            digest.update(buffer, 0, count);
            out.write(buffer, 0, count);
        });
        if (!MessageDigest.isEqual(digest.digest(), HexFormat.of().parseHex(file.sha256()))) {
            throw new MalformedException("the file " + file.path() + " was changed after the package was signed");
        }
    }

    /**
     * Reads every file and compares its digest.
     *
     * @throws MalformedException where one differs
     */
    public void checkFiles() throws IOException {
        for (PackageFile file : manifest.files()) {
            copy(file, OutputStream.nullOutputStream());
        }
    }

    /** Takes bytes as they are read. */
    interface Sink {
        void accept(byte[] buffer, int count) throws IOException;
    }

    static void copy(PackageSource source, StoredArchive.Place place, Sink sink) throws IOException {
        byte[] buffer = new byte[(int) Math.min(CHUNK, Math.max(1, place.size()))];
        long position = place.position();
        long left = place.size();
        while (left > 0) {
            int count = source.read(ByteBuffer.wrap(buffer, 0, (int) Math.min(buffer.length, left)), position);
            if (count <= 0) {
                throw new MalformedException("not a package: it is cut off");
            }
            sink.accept(buffer, count);
            position += count;
            left -= count;
        }
    }
}
