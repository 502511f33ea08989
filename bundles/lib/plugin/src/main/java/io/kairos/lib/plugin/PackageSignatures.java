package io.kairos.lib.plugin;

import io.kairos.api.failure.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The signatures' entry: one line {@code <algorithm> <key id> <base64>} for each, each ended by a line feed; and what they
 * sign.
 */
public final class PackageSignatures {

    private static final byte[] DOMAIN = "Kairos package manifest 1\n".getBytes(StandardCharsets.US_ASCII);

    private PackageSignatures() {}

    /** What is signed: a line that no other signature of Kairos begins with, then the manifest's bytes. */
    public static byte[] signedBytes(byte[] manifest) {
        byte[] signed = new byte[DOMAIN.length + manifest.length];
        System.arraycopy(DOMAIN, 0, signed, 0, DOMAIN.length);
        System.arraycopy(manifest, 0, signed, DOMAIN.length, manifest.length);
        return signed;
    }

    /** The entry's bytes. */
    public static byte[] encode(List<PackageSignature> signatures) {
        StringBuilder text = new StringBuilder();
        for (PackageSignature signature : signatures) {
            text.append(signature.algorithm())
                    .append(' ')
                    .append(signature.keyId())
                    .append(' ');
            text.append(signature.base64()).append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
        if (signatures.size() > PackageLimits.SIGNATURES || bytes.length > PackageLimits.SIGNATURES_BYTES) {
            throw new MalformedException("too many signatures");
        }
        return bytes;
    }

    /**
     * Reads the entry; an empty one holds no signature.
     *
     * @throws MalformedException where a line is something else, or a key has signed twice
     */
    public static List<PackageSignature> decode(byte[] bytes) {
        if (bytes.length > PackageLimits.SIGNATURES_BYTES) {
            throw new MalformedException("too many signatures");
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!text.isEmpty() && !text.endsWith("\n")) {
            throw new MalformedException("the signatures are cut off");
        }
        List<PackageSignature> signatures = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (int from = 0; from < text.length(); ) {
            int end = text.indexOf('\n', from);
            String[] parts = text.substring(from, end).split(" ", -1);
            if (parts.length != 3) {
                throw new MalformedException("a signature's line does not have algorithm, key and value");
            }
            signatures.add(new PackageSignature(parts[0], parts[1], parts[2]));
            if (!keys.add(parts[0] + parts[1]) || signatures.size() > PackageLimits.SIGNATURES) {
                throw new MalformedException("a key has signed twice, or there are too many signatures");
            }
            from = end + 1;
        }
        return signatures;
    }
}
