package io.kairos.sdk.packager;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.lib.plugin.PackageContent;
import io.kairos.lib.plugin.PackageFile;
import io.kairos.lib.plugin.PackageKey;
import io.kairos.lib.plugin.PackageManifest;
import io.kairos.lib.plugin.PackageReader;
import io.kairos.lib.plugin.PackageSigner;
import io.kairos.lib.plugin.PackageSource;
import io.kairos.lib.plugin.PluginPackage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A package that was made already: checked, or signed once more. */
final class PackageOnDisk implements AutoCloseable {

    private final Path file;
    private final FileChannel channel;
    private final PluginPackage read;

    private PackageOnDisk(Path file, FileChannel channel, PluginPackage read) {
        this.file = file;
        this.channel = channel;
        this.read = read;
    }

    static PackageOnDisk open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new PackageOnDisk(file, channel, PackageReader.open(source(channel)));
        } catch (MalformedException e) {
            channel.close();
            throw refused(file, e);
        }
    }

    /** What it holds and who has signed it, for people; every digest is checked. */
    List<String> report(List<PackageKey> keys) throws IOException {
        checkFiles();
        PackageManifest manifest = read.manifest();
        List<PackageKey> signers = read.signers(keys, KeyFile::verify);
        List<String> lines = new ArrayList<>();
        lines.add(manifest.name() + " " + manifest.version() + ": " + manifest.title());
        lines.add("made      " + manifest.created());
        manifest.expires().ifPresent(expires -> lines.add("expires   " + expires));
        lines.add("features  " + String.join(", ", manifest.features()));
        manifest.needs().forEach(need -> lines.add("needs     " + need));
        manifest.files()
                .forEach(packed -> lines.add("file      %,d bytes  %s".formatted(packed.size(), packed.path())));
        read.signatures()
                .forEach(signature -> lines.add("signature " + signature.algorithm() + " " + signature.keyId()
                        + (signers.stream().anyMatch(key -> key.id().equals(signature.keyId()))
                                ? ": valid"
                                : ": of a key that was not given")));
        return lines;
    }

    /** @throws MeshException unless one of these keys has signed what is there */
    void requireSignedBy(List<PackageKey> keys) throws IOException {
        checkFiles();
        if (read.signers(keys, KeyFile::verify).isEmpty()) {
            throw new MeshException(
                    Failure.Kind.POLICY,
                    "No given key has signed " + file.getFileName(),
                    "Sign it with kairos:sign, or ask its author for the public key.");
        }
    }

    PackageManifest manifest() {
        return read.manifest();
    }

    /** Writes the same package with signatures of these keys and of no others. */
    void sign(Path target, List<PackageSigner> signers) throws IOException {
        checkFiles();
        Map<String, PackageContent> contents = new TreeMap<>();
        for (PackageFile packed : read.manifest().files()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(packed.size()));
            read.copy(packed, bytes);
            contents.put(packed.path(), PackageContent.of(bytes.toByteArray()));
        }
        Packing.write(target, read.manifest(), contents, signers);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void checkFiles() throws IOException {
        try {
            read.checkFiles();
        } catch (MalformedException e) {
            throw refused(file, e);
        }
    }

    private static MeshException refused(Path file, MalformedException why) {
        return new MeshException(
                Failure.Kind.PEER, file.getFileName() + ": " + why.getMessage(), "Get it anew from its author.", why);
    }

    private static PackageSource source(FileChannel channel) {
        return new PackageSource() {
            @Override
            public long size() throws IOException {
                return channel.size();
            }

            @Override
            public int read(ByteBuffer into, long position) throws IOException {
                return channel.read(into, position);
            }
        };
    }
}
