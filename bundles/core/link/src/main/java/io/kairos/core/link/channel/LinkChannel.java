package io.kairos.core.link.channel;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.api.link.Channel;
import io.kairos.api.link.StreamOutput;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.time.Timers;
import io.kairos.core.link.channel.ChannelSender.Outstanding;
import io.kairos.lib.wire.ChannelEnvelope;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.lib.wire.StreamMessage;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The channel of one link.
 *
 * <p>Threads: messages are sent by any thread and proved on receiving threads, so the sending half has a lock; nothing is
 * called while it is held. The receiving half is owned by the mailbox of the link.
 */
public final class LinkChannel implements Channel {

    private static final int LARGEST_MESSAGE = 0xffff;

    private final ChannelHost host;
    private final MessageHandlers messageHandlers = new MessageHandlers();
    private final Map<Integer, StreamReader> streamReaders = new ConcurrentHashMap<>();
    private final ChannelReceiver receiver = new ChannelReceiver(0, this::hasTaker);
    private final Object lock = new Object();
    private boolean broken; // owned by the mailbox

    // ---- guarded by lock ----
    private final ChannelSender sender;
    private Timers.Timer timer;
    private boolean closed;

    private volatile Runnable readyHandler = () -> {};

    public LinkChannel(ChannelHost host) {
        this.host = host;
        this.sender = new ChannelSender(host.roundTripSeconds());
    }

    @Override
    public int messageBytes() {
        return Math.min(host.wire().payloadBytes() - ChannelEnvelope.HEADER, LARGEST_MESSAGE);
    }

    @Override
    public boolean isReady() {
        synchronized (lock) {
            return !closed && sender.isReady();
        }
    }

    @Override
    public CompletionStage<Void> send(int type, byte[] message) {
        requireType(type);
        return sendAny(type, message.clone())
                .orElseThrow(() -> refuse(
                        "The channel is not ready", "Wait until Channel.onReady says so; too many are on their way."));
    }

    private static void requireType(int type) {
        if (type < 0 || type >= ChannelEnvelope.SYSTEM) {
            throw refuse("A message type is 0 to 0xefff; those above are reserved", "Use one below 0xf000.");
        }
    }

    /** Sends a message of any type; empty where the channel is not ready. */
    Optional<CompletionStage<Void>> sendAny(int type, byte[] message) {
        if (message.length > messageBytes()) {
            throw refuse(
                    "A message of %d bytes is too long; %d fit".formatted(message.length, messageBytes()),
                    "Split it, or send it as a resource.");
        }
        Outstanding added;
        byte[] packet;
        synchronized (lock) {
            if (closed) {
                throw ended();
            }
            if (!sender.isReady()) {
                return Optional.empty();
            }
            added = sender.add(type, message);
            packet = prepare(added);
        }
        if (!host.wire().send(packet) && takeBack(added)) {
            throw new MeshException(
                    Failure.Kind.NETWORK, "The link does not take the message", "Try again when its interface is up.");
        }
        return Optional.of(added.done());
    }

    /** Encrypts one try and notes it, before it leaves: otherwise its proof could overtake the note. */
    private byte[] prepare(Outstanding message) {
        byte[] packet = host.wire()
                .sealed(PacketContext.CHANNEL, message.envelope().encode())
                .orElseThrow(LinkChannel::ended);
        sender.sent(message, PacketBytes.hash(packet), host.roundTripSeconds(), now());
        arm();
        return packet;
    }

    private boolean takeBack(Outstanding refused) {
        synchronized (lock) {
            return sender.giveBack(refused);
        }
    }

    private long now() {
        return host.surroundings().clock().nanos();
    }

    private void arm() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        long wait = sender.untilOverdue(now());
        if (!closed && wait != Long.MAX_VALUE) {
            timer = host.surroundings().timers().after(Duration.ofNanos(Math.max(0, wait)), this::tick);
        }
    }

    private void tick() {
        boolean failed = false;
        List<byte[]> again = new ArrayList<>();
        synchronized (lock) {
            timer = null;
            if (closed) {
                return;
            }
            for (Outstanding late : sender.overdue(now())) {
                failed |= late.isExhausted();
                if (!failed) {
                    again.add(prepare(late));
                }
            }
            arm();
        }
        again.forEach(host.wire()::send);
        if (failed) {
            host.channelFailed();
        }
    }

    /** Whether a packet of ours waits for this proof; checked before its signature is. */
    public boolean awaits(byte[] packetHash) {
        synchronized (lock) {
            return sender.awaits(packetHash);
        }
    }

    /** A packet of ours was proved by a valid signature. */
    public void proved(byte[] packetHash) {
        Outstanding done;
        synchronized (lock) {
            done = sender.proved(packetHash, host.roundTripSeconds());
            arm();
            lock.notifyAll();
        }
        if (done != null) {
            host.callbacks().execute(() -> {
                done.done().complete(null);
                readyHandler.run();
            });
        }
    }

    /** Waits until the channel is ready; false when it closes or {@code timeout} passes first. */
    boolean awaitReady(Duration timeout) throws InterruptedException {
        long end = now() + timeout.toNanos();
        synchronized (lock) {
            while (!closed && !sender.isReady() && end - now() > 0) {
                lock.wait(100);
            }
            return !closed && sender.isReady();
        }
    }

    /** Longest that the envelopes on their way should take, one after the other. */
    Duration timeToDrain() {
        synchronized (lock) {
            return Duration.ofNanos(Math.round(host.roundTripSeconds() * 1e9 * sender.onTheirWay()));
        }
    }

    /**
     * A decrypted envelope, handed over in order. Called by the mailbox.
     *
     * @return whether to prove its packet; only one that is too far ahead to be kept is left for another try
     */
    public boolean received(byte[] plaintext) {
        try {
            ChannelEnvelope envelope = ChannelEnvelope.decode(plaintext);
            if (receiver.isTooEarly(envelope)) {
                return false;
            }
            if (!broken) {
                inOrder(() -> receiver.received(envelope, this::deliver));
            }
            return true;
        } catch (MalformedException e) {
            return true; // nothing to put in order, and not worth another try
        }
    }

    private boolean hasTaker(ChannelEnvelope envelope) {
        if (envelope.type() != ChannelEnvelope.STREAM) {
            return messageHandlers.has(envelope.type());
        }
        try {
            return streamReaders.containsKey(
                    StreamMessage.decode(envelope.message()).streamId());
        } catch (MalformedException e) {
            return true; // delivered to nobody, so that it does not hold up others
        }
    }

    /** A piece that cannot be used keeps its number and ends the channel: a stream with a hole is worth nothing. */
    private void inOrder(Runnable delivery) {
        try {
            delivery.run();
        } catch (MalformedException e) {
            broken = true;
            close();
        }
    }

    /**
     * A piece of a stream is tried here, at most 16 KiB of it, because a bad one must not get its number; it waits for its
     * program as short as it came.
     */
    private void deliver(ChannelEnvelope envelope) {
        if (envelope.type() != ChannelEnvelope.STREAM) {
            host.callbacks().execute(() -> messageHandlers.deliver(envelope.type(), envelope.message()));
            return;
        }
        StreamMessage piece = StreamMessage.decode(envelope.message());
        StreamReader.bytes(piece);
        host.callbacks().execute(() -> {
            StreamReader reader = streamReaders.get(piece.streamId());
            if (reader != null) {
                reader.received(StreamReader.bytes(piece), piece.isEnd());
            }
        });
    }

    @Override
    public void onReady(Runnable handler) {
        readyHandler = handler;
    }

    @Override
    public void onMessage(int type, Consumer<byte[]> handler) {
        requireType(type);
        messageHandlers.replace(type, handler);
        deliverHeld();
    }

    @Override
    public void addMessageHandler(int type, Predicate<byte[]> handler) {
        requireType(type);
        messageHandlers.add(type, handler);
        deliverHeld();
    }

    @Override
    public void onStream(int streamId, Consumer<byte[]> handler) {
        streamReaders.put(streamId, new StreamReader(handler));
        deliverHeld();
    }

    private void deliverHeld() {
        host.mailbox().run(() -> {
            if (!broken) {
                inOrder(() -> receiver.deliver(this::deliver));
            }
        });
    }

    @Override
    public OutputStream openStream(int streamId) {
        return openOutput(streamId);
    }

    @Override
    public StreamOutput openOutput(int streamId) {
        return new StreamWriter(this, streamId);
    }

    @Override
    public void close() {
        List<Outstanding> rest;
        synchronized (lock) {
            closed = true;
            rest = sender.drain();
            arm();
            lock.notifyAll();
        }
        rest.forEach(message -> host.callbacks().execute(() -> message.done().completeExceptionally(ended())));
        host.callbacks().execute(this::forgetHandlers);
    }

    /** After what has arrived before the end: programs' objects are not kept for as long as somebody keeps the channel. */
    private void forgetHandlers() {
        messageHandlers.clear();
        streamReaders.clear();
    }

    static MeshException ended() {
        return new MeshException(
                Failure.Kind.PEER, "The channel has closed", "Open a new link when the other end can be reached.");
    }

    private static MeshException refuse(String message, String remedy) {
        return new MeshException(Failure.Kind.CONFIGURATION, message, remedy);
    }
}
