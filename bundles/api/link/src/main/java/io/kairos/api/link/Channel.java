package io.kairos.api.link;

import java.io.OutputStream;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Ordered, reliable messages over a link. A message type must be registered at the receiving end before it arrives,
 * otherwise the channel stalls for good.
 */
@ProviderType
public interface Channel {

    /** Largest message in bytes. */
    int messageBytes();

    /** Whether {@link #send} would be taken now. */
    boolean isReady();

    /**
     * Sends a message.
     *
     * @param type 0 to 0xefff
     * @return completes when the other end has proved it, exceptionally when the channel closes first
     * @throws io.kairos.api.failure.MeshException when the channel is not ready or the message too long
     */
    CompletionStage<Void> send(int type, byte[] message);

    /** Is told whenever the channel becomes ready again. */
    void onReady(Runnable handler);

    /**
     * Takes messages of a type, in place of all that have taken it up to now.
     *
     * @param type 0 to 0xefff
     * @throws io.kairos.api.failure.MeshException of kind {@code CONFIGURATION} for another type
     */
    void onMessage(int type, Consumer<byte[]> handler);

    /**
     * Takes messages of a type that those who came before have left. All are asked in the order of their coming until one
     * says that it has taken the message; one that fails is passed over.
     *
     * @param type 0 to 0xefff
     * @param handler tells whether it has taken the message
     * @throws io.kairos.api.failure.MeshException of kind {@code CONFIGURATION} for another type
     */
    void addMessageHandler(int type, Predicate<byte[]> handler);

    /** Bytes of the stream {@code streamId} (0 to 16383) as they arrive; an empty array marks the end. */
    void onStream(int streamId, Consumer<byte[]> handler);

    /** A stream to the other end. Writing blocks while the channel is not ready; never write on a thread of the core. */
    OutputStream openStream(int streamId);

    /** As {@link #openStream}, for who knows which bytes are the last. */
    StreamOutput openOutput(int streamId);

    void close();
}
