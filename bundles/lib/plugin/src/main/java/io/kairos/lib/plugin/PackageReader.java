package io.kairos.lib.plugin;

import io.kairos.api.failure.MalformedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Reads packages: bytes of a stranger in, a checked package out, or a refusal that says why. Stateless. */
public final class PackageReader {

    private PackageReader() {}

    /**
     * Reads the structure, the manifest and the signatures, and that the manifest and the archive name the same entries. Neither
     * signatures nor digests are checked here.
     *
     * @param source stays open as long as the package is used
     * @throws MalformedException where it is not a package
     */
    public static PluginPackage open(PackageSource source) throws IOException {
        Map<String, StoredArchive.Place> entries = StoredArchive.read(source);
        StoredArchive.Place manifestPlace = place(entries, PackageNames.MANIFEST, PackageLimits.MANIFEST_BYTES);
        StoredArchive.Place signaturesPlace = place(entries, PackageNames.SIGNATURES, PackageLimits.SIGNATURES_BYTES);
        byte[] bytes = bytes(source, manifestPlace);
        PackageManifest manifest = PackageManifestCodec.decode(bytes);
        List<PackageSignature> signatures = PackageSignatures.decode(bytes(source, signaturesPlace));
        for (PackageFile file : manifest.files()) {
            StoredArchive.Place place = entries.get(file.path());
            require(place != null, "the file " + file.path() + " is missing");
            require(
                    place.size() == file.size(),
                    "the file " + file.path() + " has another size than the manifest says");
        }
        for (String entry : entries.keySet()) {
            boolean known = entry.equals(PackageNames.MANIFEST)
                    || entry.equals(PackageNames.SIGNATURES)
                    || manifest.files().stream().anyMatch(file -> file.path().equals(entry));
            require(known, "the entry " + entry + " is not in the manifest");
        }
        return new PluginPackage(source, entries, manifest, bytes, signatures);
    }

    private static StoredArchive.Place place(Map<String, StoredArchive.Place> entries, String name, int most) {
        StoredArchive.Place place = entries.get(name);
        require(place != null, "it has no " + name);
        require(place.size() <= most, name + " is too long");
        return place;
    }

    private static byte[] bytes(PackageSource source, StoredArchive.Place place) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) place.size());
        PluginPackage.copy(source, place, (buffer, count) -> bytes.write(buffer, 0, count));
        return bytes.toByteArray();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new MalformedException("not a package: " + otherwise);
        }
    }
}
