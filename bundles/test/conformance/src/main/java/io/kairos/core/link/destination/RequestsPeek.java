package io.kairos.core.link.destination;

import io.kairos.api.link.LocalDestination;
import io.kairos.test.conformance.Inside;
import java.util.List;
import java.util.Map;

/** Shows the conformance bridge who answers requests at a destination. */
public final class RequestsPeek {

    private RequestsPeek() {}

    @SuppressWarnings("unchecked")
    public static List<RequestHandlers.Entry> entries(LocalDestination destination) {
        return List.copyOf(
                ((Map<?, RequestHandlers.Entry>) Inside.get(((OpenDestination) destination).requests(), "entries"))
                        .values());
    }
}
