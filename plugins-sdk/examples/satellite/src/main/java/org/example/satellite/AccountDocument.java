package org.example.satellite;

import io.kairos.api.store.Store;
import io.kairos.lib.medium.paid.MonthlyBudget;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The account as a document of the node's store, which replaces it whole or not at all. */
record AccountDocument(Store store, String document) implements MonthlyBudget.Book {

    @Override
    public Optional<String> read() {
        return store.read(document).map(bytes -> new String(bytes, StandardCharsets.US_ASCII));
    }

    @Override
    public boolean write(String account) {
        store.write(document, account.getBytes(StandardCharsets.US_ASCII));
        return true;
    }
}
