package io.kairos.core.link.channel;

import io.kairos.api.failure.MalformedException;
import io.kairos.core.link.resource.Bzip2;
import io.kairos.lib.wire.StreamMessage;
import java.io.IOException;
import java.util.function.Consumer;

/** Hands the bytes of one stream to a program. Called by the handlers' thread of its link, one piece after the other. */
final class StreamReader {

    private static final byte[] END = {};

    private final Consumer<byte[]> handler;
    private boolean ended;

    StreamReader(Consumer<byte[]> handler) {
        this.handler = handler;
    }

    void received(byte[] data, boolean last) {
        if (ended) {
            return;
        }
        if (data.length > 0) {
            handler.accept(data);
        }
        if (last) {
            ended = true;
            handler.accept(END);
        }
    }

    /** @throws MalformedException for compressed data that are broken or become too long */
    static byte[] bytes(StreamMessage piece) {
        if (!piece.isCompressed()) {
            return piece.data();
        }
        try {
            return Bzip2.decompress(piece.data(), StreamMessage.LARGEST_CHUNK);
        } catch (IOException e) {
            throw new MalformedException("a compressed piece of a stream cannot be used");
        }
    }
}
