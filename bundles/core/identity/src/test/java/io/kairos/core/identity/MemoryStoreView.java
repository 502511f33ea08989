package io.kairos.core.identity;

import io.kairos.api.store.Store;
import io.kairos.test.kit.MemoryStore;
import java.util.List;
import java.util.Optional;

/** Another service with the same documents, as after an update of the store's bundle. */
record MemoryStoreView(MemoryStore store) implements Store {

    @Override
    public void write(String name, Content content) {
        store.write(name, content);
    }

    @Override
    public <T> Optional<T> read(String name, Reader<T> reader) {
        return store.read(name, reader);
    }

    @Override
    public void delete(String name) {
        store.delete(name);
    }

    @Override
    public List<String> list(String folder) {
        return store.list(folder);
    }
}
