package io.kairos.transport.sneakernet;

import io.kairos.api.store.Store;
import java.util.List;
import java.util.Optional;

/** The store that is there at the moment of a call. Fails where none is. */
final class CurrentStore implements Store {

    private final NodeServices services;

    CurrentStore(NodeServices services) {
        this.services = services;
    }

    private Store now() {
        return services.store().orElseThrow(SneakernetLine::noStore);
    }

    @Override
    public void write(String name, Content content) {
        now().write(name, content);
    }

    @Override
    public <T> Optional<T> read(String name, Reader<T> reader) {
        return now().read(name, reader);
    }

    @Override
    public void delete(String name) {
        now().delete(name);
    }

    @Override
    public List<String> list(String folder) {
        return now().list(folder);
    }
}
