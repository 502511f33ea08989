package io.kairos.admin.update;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.lib.plugin.PackageKey;
import io.kairos.lib.plugin.PackageManifest;
import io.kairos.lib.plugin.PackageVersion;
import io.kairos.lib.plugin.PluginPackage;
import io.kairos.lib.plugin.SignatureCheck;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Decides whether to believe a package: signature first, then every digest, then dates. Stateless. */
final class Verifier {

    private final KeyFile keys;
    private final SignatureCheck signatures;
    private final Supplier<Instant> now;
    private final PackageVersion node;

    Verifier(KeyFile keys, SignatureCheck signatures, Supplier<Instant> now, PackageVersion node) {
        this.keys = keys;
        this.signatures = signatures;
        this.now = now;
        this.node = node;
    }

    /**
     * Checks a package.
     *
     * @return the trusted keys that have signed, by name; never empty
     * @throws MeshException where it is not to be believed
     */
    Map<String, PackageKey> verify(PluginPackage content) throws IOException {
        Map<String, PackageKey> trusted = keys.keys();
        if (trusted.isEmpty()) {
            throw Refused.policy(
                    "This node trusts no key yet, so it accepts no package.",
                    "Get the public key of the plugin's maker on a way you trust: plugin:trust add NAME KEY.");
        }
        if (content.signatures().isEmpty()) {
            throw Refused.policy(
                    "The package is not signed.", "Ask its maker for a signed one; nothing else is installed here.");
        }
        List<PackageKey> by = content.signers(List.copyOf(trusted.values()), signatures);
        if (by.isEmpty()) {
            throw Refused.policy(
                    "No key that this node trusts has signed the package; it carries signatures of "
                            + String.join(
                                    ", ",
                                    content.signatures().stream()
                                            .map(signature -> signature.algorithm() + " " + signature.keyId())
                                            .toList())
                            + ".",
                    "plugin:trust list shows the keys you trust. If the maker has a new key, get it on a way you trust and"
                            + " add it.");
        }
        try {
            content.checkFiles();
        } catch (MalformedException e) {
            throw changed(e);
        }
        dates(content.manifest());
        Map<String, PackageKey> signers = new LinkedHashMap<>(trusted);
        signers.values().retainAll(by);
        return signers;
    }

    static MeshException changed(MalformedException e) {
        String message = e.getMessage();
        return Refused.policy(
                Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".",
                "The file was damaged or changed on its way. Get it again, if possible from its maker.");
    }

    private void dates(PackageManifest manifest) {
        Instant time = now.get();
        if (time.isBefore(manifest.created())) {
            throw Refused.policy(
                    "The package is valid from " + manifest.created() + " on, and here it is " + time + ".",
                    "Set the node's clock if it is slow; otherwise wait.");
        }
        if (manifest.expires().isPresent() && !time.isBefore(manifest.expires().get())) {
            throw Refused.policy(
                    "The package has expired on " + manifest.expires().get() + ".",
                    "Get a newer one from its maker. If the node's clock is wrong, set it.");
        }
        if (manifest.node().isPresent() && node.compareTo(manifest.node().get()) < 0) {
            throw Refused.policy(
                    "The package needs Kairos " + manifest.node().get() + " or later; this node is " + node + ".",
                    "Update the node first, or use an older version of the plugin.");
        }
    }
}
