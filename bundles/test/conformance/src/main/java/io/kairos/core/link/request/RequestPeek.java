package io.kairos.core.link.request;

import io.kairos.api.link.FileResponse;
import io.kairos.api.link.Link;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.link.ResourceData;
import io.kairos.core.link.destination.OpenDestination;
import io.kairos.core.link.life.LinkPeek;
import io.kairos.lib.wire.RequestCodec;
import io.kairos.test.conformance.Inside;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Shows the conformance bridge what requests keep to themselves. */
public final class RequestPeek {

    private RequestPeek() {}

    /** A file as the answer to a request. */
    public static Object file(byte[] content, Optional<byte[]> metadata) {
        return new FileResponse(
                ResourceData.of(content), metadata.map(Object.class::cast).orElse(Map.of()));
    }

    /** Whether somebody answers requests for a path, whoever asks. */
    public static boolean isAnswered(LocalDestination destination, String path) {
        Map<?, ?> entries = (Map<?, ?>) Inside.get(((OpenDestination) destination).requests(), "entries");
        return entries.containsKey(ByteBuffer.wrap(RequestCodec.pathHash(path)));
    }

    /** How long an answer may take where the program does not say. */
    public static Duration defaultTimeout(Link link) {
        return (Duration) Inside.call(LinkPeek.requests(link), "byRoundTrip");
    }
}
