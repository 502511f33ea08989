package io.kairos.transport.satellite;

import io.kairos.api.store.Store;
import io.kairos.lib.medium.paid.MonthlyBudget;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** The account of an interface as a document of the store that is there at the moment. */
final class StoreBook implements MonthlyBudget.Book {

    private final StoreReference store;
    private final String document;

    StoreBook(StoreReference store, String name) {
        this.store = store;
        this.document = document(name);
    }

    @Override
    public Optional<String> read() {
        return store.get()
                .flatMap(present -> present.read(document))
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII));
    }

    @Override
    public boolean write(String account) {
        Optional<Store> present = store.get();
        present.ifPresent(now -> now.write(document, account.getBytes(StandardCharsets.US_ASCII)));
        return present.isPresent();
    }

    /** Interfaces may be called anything; documents may not. */
    static String document(String name) {
        return "satellite/" + HexFormat.of().toHexDigits(hash(name));
    }

    /** FNV-1a: only to tell the interfaces of one node apart. */
    private static long hash(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
