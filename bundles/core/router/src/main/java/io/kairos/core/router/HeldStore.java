package io.kairos.core.router;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.store.Store;
import java.util.List;
import java.util.Optional;

/**
 * The store that is there now. While it is being replaced the router works on in memory, and each call here fails as a store
 * on a broken disk would.
 *
 * <p>Threads: any.
 */
final class HeldStore implements Store {

    private volatile Store store;

    void bind(Store present) {
        store = present;
    }

    /** Empties the place unless another store has taken it meanwhile. */
    void unbind(Store gone) {
        if (store == gone) {
            store = null;
        }
    }

    boolean isThere() {
        return store != null;
    }

    boolean is(Store other) {
        return store == other;
    }

    @Override
    public void write(String name, Content content) {
        present().write(name, content);
    }

    @Override
    public <T> Optional<T> read(String name, Reader<T> reader) {
        return present().read(name, reader);
    }

    @Override
    public void delete(String name) {
        present().delete(name);
    }

    @Override
    public List<String> list(String folder) {
        return present().list(folder);
    }

    private Store present() {
        Store present = store;
        if (present == null) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "There is no store at the moment",
                    "Start the bundle io.kairos.core.store; it is used at once.");
        }
        return present;
    }
}
