package io.kairos.test.conformance;

import io.kairos.api.packet.DestinationHash;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.lib.wire.PathRequestCodec;
import java.time.Duration;
import java.util.List;

/** Path requests that a stepped node makes by itself. */
final class RequestedPaths {

    private RequestedPaths() {}

    /** Lets a node ask for a path; the tag it chose is read from what it sent. */
    static byte[] ask(BridgeNode node, MockInterface medium, DestinationHash destination) {
        node.router().packetRouter().requestPath(destination, Duration.ofSeconds(15));
        node.settle();
        List<byte[]> sent = medium.peek();
        byte[] last = sent.get(sent.size() - 1);
        int header = PacketBytes.headerLength(last, 0);
        return PathRequestCodec.decode(last, header, last.length - header).tag().toBytes();
    }
}
