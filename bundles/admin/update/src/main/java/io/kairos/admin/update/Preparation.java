package io.kairos.admin.update;

import io.kairos.api.admin.Plugins.Plan;
import io.kairos.lib.plugin.PackageManifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A plan with what is needed to carry it out.
 *
 * @param journal what is written before it begins
 * @param file the package that is installed; empty where it is kept already, or where one is removed
 * @param change what becomes different in the container
 * @param undo what takes it back
 * @param bundles name and version of the bundles that there will be
 * @param bundlesBefore and of those that there are
 * @param touched names of all bundles that belong to the package, before or after
 * @param content what there will be of it
 * @param goneFiles places of files that only the version before has laid
 * @param book what is installed when it has worked
 * @param manifests of everything that is installed then
 */
record Preparation(
        Plan plan,
        Journal journal,
        Optional<Path> file,
        Container.Change change,
        Container.Change undo,
        Map<String, String> bundles,
        Map<String, String> bundlesBefore,
        Set<String> touched,
        Optional<Content> content,
        Set<String> goneFiles,
        PackageBook book,
        List<PackageManifest> manifests) {}
