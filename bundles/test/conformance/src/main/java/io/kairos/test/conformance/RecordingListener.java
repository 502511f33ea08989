package io.kairos.test.conformance;

import io.kairos.api.identity.KnownDestination;
import io.kairos.api.routing.AnnounceListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down which announces it is told of; may fail each time. */
class RecordingListener implements AnnounceListener {

    private final String nameFilter;
    private final boolean wantsPathResponses;
    private final boolean fails;
    private final List<Map<String, Object>> calls = new CopyOnWriteArrayList<>();

    RecordingListener(String nameFilter, boolean wantsPathResponses, boolean fails) {
        this.nameFilter = nameFilter;
        this.wantsPathResponses = wantsPathResponses;
        this.fails = fails;
    }

    List<Map<String, Object>> calls() {
        return calls;
    }

    @Override
    public String nameFilter() {
        return nameFilter;
    }

    @Override
    public boolean wantsPathResponses() {
        return wantsPathResponses;
    }

    @Override
    public void heard(KnownDestination announced, int hops, boolean pathResponse) {
        note(announced, Answer.nothing());
    }

    /** Writes down a call, and what else it brought. */
    final void note(KnownDestination announced, Map<String, Object> more) {
        Answer call = Answer.with("destination_hash", announced.destination())
                .and("announced_identity_hash", announced.identity().hash())
                .and("app_data", announced.appData());
        more.forEach(call::and);
        calls.add(call.map());
        if (fails) {
            throw new IllegalStateException("this listener fails on purpose");
        }
    }
}
