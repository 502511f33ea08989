package io.kairos.transport.serial;

import io.kairos.lib.framing.FrameDecoder;
import io.kairos.lib.framing.FrameSink;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** What is spoken on a port. Pure; one object for each time the port is opened. */
interface Framing {

    /** A frame with this packet, ready to be written. */
    ByteBuffer frame(ByteBuffer packet);

    /** Finds frames in what comes. */
    FrameDecoder decoder();

    /** What is written first, each frame by itself. */
    default List<ByteBuffer> greeting() {
        return List.of();
    }

    /** Hands on what a frame carries; returns false where that is nothing. */
    default boolean unwrap(ByteBuffer content, FrameSink sink) {
        sink.packet(content);
        return true;
    }

    /** Who sends a frame, where frames tell; reads nothing away. */
    default Optional<String> sender(ByteBuffer content) {
        return Optional.empty();
    }
}
