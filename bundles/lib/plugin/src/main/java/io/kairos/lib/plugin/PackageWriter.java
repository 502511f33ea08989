package io.kairos.lib.plugin;

import io.kairos.api.failure.MalformedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes packages. The same content, manifest and keys give the same bytes. Stateless. */
public final class PackageWriter {

    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private PackageWriter() {}

    /** What the first reading of a file found. */
    private record Measured(PackageFile file, long crc) {}

    /**
     * Writes a package.
     *
     * @param out is flushed, not closed
     * @param manifest its list of files is replaced by what {@code contents} holds
     * @param contents path inside the package to bytes
     * @param signers one signature each; none makes a package that every node refuses
     * @return the manifest as it was written
     * @throws MalformedException where a name, a path or a size is not allowed
     */
    public static PackageManifest write(
            OutputStream out,
            PackageManifest manifest,
            Map<String, PackageContent> contents,
            List<? extends PackageSigner> signers)
            throws IOException {
        Map<String, PackageContent> sorted = new TreeMap<>(contents);
        List<Measured> measured = new ArrayList<>();
        for (Map.Entry<String, PackageContent> entry : sorted.entrySet()) {
            measured.add(measure(PackageNames.path(entry.getKey()), entry.getValue()));
        }
        PackageManifest written =
                manifest.withFiles(measured.stream().map(Measured::file).toList());
        byte[] manifestBytes = PackageManifestCodec.encode(written);
        byte[] signed = PackageSignatures.signedBytes(manifestBytes);
        List<PackageSignature> signatures = signers.stream()
                .map(signer -> PackageSignature.of(signer.key(), signer.sign(signed)))
                .toList();
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.setMethod(ZipOutputStream.STORED);
        put(zip, PackageNames.MANIFEST, manifestBytes);
        put(zip, PackageNames.SIGNATURES, PackageSignatures.encode(signatures));
        for (Measured file : measured) {
            put(zip, file, sorted.get(file.file().path()));
        }
        zip.finish();
        out.flush();
        return written;
    }

    private static Measured measure(String path, PackageContent content) throws IOException {
        MessageDigest digest = Digests.newSha256();
        CRC32 crc = new CRC32();
        long size = 0;
        try (InputStream in = content.open()) {
            byte[] buffer = new byte[64 << 10];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
                crc.update(buffer, 0, count);
                size += count;
            }
        }
        return new Measured(new PackageFile(HexFormat.of().formatHex(digest.digest()), size, path), crc.getValue());
    }

    private static void put(ZipOutputStream zip, String path, byte[] bytes) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        put(
                zip,
                new Measured(new PackageFile("", bytes.length, path), crc.getValue()),
                () -> new ByteArrayInputStream(bytes));
    }

    private static void put(ZipOutputStream zip, Measured measured, PackageContent content) throws IOException {
        ZipEntry entry = new ZipEntry(measured.file().path());
        entry.setTimeLocal(ENTRY_TIME);
        entry.setSize(measured.file().size());
        entry.setCompressedSize(measured.file().size());
        entry.setCrc(measured.crc());
        zip.putNextEntry(entry);
        try (InputStream in = content.open()) {
            in.transferTo(zip);
        }
        zip.closeEntry();
    }
}
