package io.kairos.messaging.files;

import io.kairos.api.files.FileTransfer;
import io.kairos.api.files.FileTransfers;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.identity.Networks;
import io.kairos.api.link.Endpoints;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** File transfers in the container; they go while the links are replaced and come back with the next ones. */
@Component(service = FileTransfers.class, immediate = true, configurationPid = "io.kairos.messaging.files")
@Designate(ocd = FilesConfig.class)
public final class FilesComponent implements FileTransfers {

    private final FilesCore core;

    @Activate
    public FilesComponent(
            FilesConfig config,
            @Reference(target = Networks.IN_MAIN) Endpoints endpoints,
            @Reference(target = Networks.IN_MAIN) IdentityStore identities,
            @Reference(target = Networks.IN_MAIN) KnownDestinations known,
            @Reference Clock clock,
            @Reference Timers timers) {
        Path home = Path.of(System.getProperty("karaf.base", "")).toAbsolutePath();
        core = new FilesCore(
                FilesSettings.from(config, home),
                new FilesCore.Node(endpoints, identities, known, clock, timers),
                FilesCore.diskThread());
    }

    @Override
    public FileTransfer send(Path file, DestinationHash to, Options options) {
        return core.send(file, to, options);
    }

    @Override
    public FileTransfer fetch(String name, DestinationHash from, Path folder, boolean overwrite, Options options) {
        return core.fetch(name, from, folder, overwrite, options);
    }

    @Override
    public Optional<Serving> serving() {
        return core.serving();
    }

    @Deactivate
    void close() {
        core.close();
    }
}
