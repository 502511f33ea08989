package io.kairos.admin.importer;

import io.kairos.api.admin.Configurations;
import io.kairos.api.admin.ReticulumImport;
import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.lib.configobj.ConfigReader;
import io.kairos.lib.configobj.ConfigSection;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out what is in an old folder and takes it over. Plain code without a container. Threads: any. */
final class Importer implements ReticulumImport {

    private static final int LARGEST_CONFIG = 4 << 20;

    private final Node node;

    /**
     * Where it goes.
     *
     * @param etc the folder of settings files
     * @param checks judges settings; empty while nobody does
     * @param identities takes identities
     * @param known takes keys and refused identities
     * @param store takes ratchets
     * @param suite computes public keys and checks signatures
     * @param clock what time it is
     */
    record Node(
            Path etc,
            Optional<Configurations> checks,
            IdentityStore identities,
            KnownDestinations known,
            Store store,
            CryptoSuite suite,
            Clock clock) {}

    Importer(Node node) {
        this.node = node;
    }

    @Override
    public List<Item> preview(Path folder) {
        return steps(folder).stream().map(Step::item).toList();
    }

    @Override
    public List<Item> apply(Path folder) {
        return steps(folder).stream().map(Step::apply).toList();
    }

    private List<Step> steps(Path where) {
        OldFolder folder = new OldFolder(where);
        List<Step> steps = new ArrayList<>();
        Set<String> sources = new HashSet<>();
        Optional<ConfigSection> config =
                folder.file("config").map(file -> ConfigReader.read(text(file), folder.shown(file)));
        config.ifPresent(root -> {
            root.section("reticulum").ifPresent(section -> sources.addAll(section.list("blackhole_sources")));
            steps.addAll(new ConfigPlan(root, new Etc(node.etc()), node.checks()).steps());
        });
        IdentityPlan identities = new IdentityPlan(folder, node.identities(), node.suite());
        steps.addAll(identities.steps());
        HiddenAddressPlan addresses = new HiddenAddressPlan(folder, node.store(), identities.transport());
        config.ifPresent(root -> steps.addAll(addresses.steps(root)));
        MemoryPlan memory = new MemoryPlan(
                folder,
                node.known(),
                node.store(),
                node.suite(),
                node.identities().node().hash(),
                node.clock().wallMillis());
        steps.addAll(memory.steps(identities.signingKeys(), sources));
        if (steps.isEmpty()) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "There is nothing to import in " + where + ".",
                    "Give the folder of a Reticulum program, the one with the file config or the folder storage.");
        }
        return steps;
    }

    private static String text(Path file) {
        byte[] bytes = OldFolder.read(file, LARGEST_CONFIG).orElseThrow(() -> broken(file, "is longer than 4 MiB"));
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw broken(file, "is no text in UTF-8");
        }
    }

    private static MeshException broken(Path file, String reason) {
        return new MeshException(
                Failure.Kind.CONFIGURATION, file + " " + reason + ".", "Check that it is a configuration file.");
    }
}
