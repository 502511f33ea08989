package io.kairos.admin.importer;

import io.kairos.api.admin.ReticulumImport.Item;
import io.kairos.api.admin.ReticulumImport.Result;
import io.kairos.api.failure.MeshException;

/**
 * Something found and what to do about it. Looked at in a preview, done by {@link #apply}.
 *
 * @param item as a preview shows it
 * @param action what takes it over; {@code null} where there is nothing to do
 */
record Step(Item item, Runnable action) {

    static Step planned(String source, String target, String note, Runnable action) {
        return new Step(new Item(source, target, Result.PLANNED, note), action);
    }

    static Step told(String source, String target, Result result, String note) {
        return new Step(new Item(source, target, result, note), null);
    }

    /** Does it; a failure is told, not thrown. */
    Item apply() {
        if (action == null) {
            return item;
        }
        try {
            action.run();
            return new Item(item.source(), item.target(), Result.DONE, item.note());
        } catch (MeshException e) {
            return new Item(item.source(), item.target(), Result.FAILED, e.getMessage() + " " + e.remedy());
        }
    }
}
