package io.kairos.test.conformance;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.link.Channel;
import io.kairos.api.link.Link;
import io.kairos.api.link.Link.State;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.core.link.channel.ChannelPeek;
import io.kairos.core.link.channel.ChannelPeek.OnItsWay;
import io.kairos.core.link.channel.ChannelPeek.WindowPeek;
import io.kairos.core.link.channel.LinkChannel;
import io.kairos.core.link.life.LinkPeek;
import io.kairos.lib.wire.ChannelEnvelope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Channels: messages in both directions and what goes on inside. */
final class WireChannels implements Commands.Family {

    /** How the suite counts why a channel refuses. */
    private static final int NOT_A_TYPE = 1;

    private static final int NOT_READY = 3;
    private static final int TOO_BIG = 5;

    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final WireNodes nodes;

    WireChannels(WireNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public void addTo(Commands commands) {
        commands.add("wire_channel_send", this::send)
                .add("wire_channel_inject", this::inject)
                .add("wire_channel_received", this::received)
                .add("wire_channel_window", this::window)
                .add("wire_channel_emit_capture", this::capture)
                .add("wire_channel_envelope_pack", this::pack)
                .add("wire_channel_profile", this::profile)
                .add("wire_channel_timeout_formula", this::timeout)
                .add("wire_channel_spurious_proof", this::spurious)
                .add("wire_listener_channel_rx", this::listenerReceiving)
                .add("wire_listener_proof_log", this::proofLog)
                .add("wire_channel_handler_chain", this::chain)
                .notSupported("wire_channel_register", "message types are numbers here, not classes to be registered");
    }

    /** The channel of a link, also of one that has closed; messages of the suite are kept. */
    static Channel channel(WireLink wired) {
        Optional<LinkChannel> opened = LinkPeek.channel(wired.link);
        if (opened.isPresent()) {
            return opened.get();
        }
        Channel channel = wired.link.channel();
        channel.onMessage(WireListener.MESSAGE_TYPE, wired.messages::add);
        return channel;
    }

    private ChannelPeek peek(Parameters p) {
        return new ChannelPeek(channel(nodes.of(p).link(p)));
    }

    private Map<String, Object> send(Parameters p) throws Exception {
        WireLink wired = nodes.of(p).link(p);
        Channel channel = channel(wired);
        ChannelPeek peek = new ChannelPeek(channel);
        Duration patience = p.millis("timeout_ms", 20_000);
        if (wired.link.state() != State.CLOSED && !Until.holds(patience, channel::isReady)) {
            return windowOf(Answer.with("sent", false).and("delivered", false).and("ready", false), peek);
        }
        if (p.flag("drop_acks", false)) {
            wired.loseProofs();
        }
        int sequence = peek.nextToSend();
        wired.refuse(p.flag("fail_outlet", false));
        CompletionStage<Void> sent;
        try {
            sent = channel.send((int) p.number("msgtype", WireListener.MESSAGE_TYPE), p.bytesOrNone("data"));
        } catch (MeshException refused) {
            return refused(refused, channel, p.bytesOrNone("data").length, peek);
        } finally {
            wired.refuse(false);
        }
        return watched(wired, peek, sequence, sent, patience);
    }

    private static Map<String, Object> watched(
            WireLink wired, ChannelPeek peek, int sequence, CompletionStage<Void> sent, Duration patience) {
        int[] tries = {0};
        Until.holds(patience, () -> {
            for (OnItsWay one : peek.onTheirWay()) {
                tries[0] = one.sequence() == sequence ? Math.max(tries[0], one.tries()) : tries[0];
            }
            return sent.toCompletableFuture().isDone() || wired.link.state() == State.CLOSED;
        });
        boolean delivered = sent.toCompletableFuture().isDone()
                && !sent.toCompletableFuture().isCompletedExceptionally();
        return windowOf(
                Answer.with("sent", true)
                        .and("rejected", false)
                        .and("delivered", delivered)
                        .and("tries", tries[0])
                        .and("sequence", sequence)
                        .and("next_sequence", peek.nextToSend())
                        .and("link_status", WireLinks.number(wired.link.state())),
                peek);
    }

    private static Map<String, Object> windowOf(Answer answer, ChannelPeek peek) {
        return answer.and("window", peek.window().size())
                .and("window_max", peek.window().max())
                .map();
    }

    private static Map<String, Object> refused(MeshException refused, Channel channel, int length, ChannelPeek peek) {
        int why = refused.kind() != Failure.Kind.CONFIGURATION
                ? NOT_READY
                : length > channel.messageBytes() ? TOO_BIG : NOT_A_TYPE;
        return windowOf(
                Answer.with("sent", false)
                        .and("rejected", true)
                        .and("delivered", false)
                        .and("error", refused.getMessage() + ". " + refused.remedy())
                        .and("ce_type", why)
                        .and("next_sequence", peek.nextToSend()),
                peek);
    }

    /** Envelopes as if they had just been decrypted. */
    private Map<String, Object> inject(Parameters p) throws InterruptedException {
        WireLink wired = nodes.of(p).link(p);
        LinkChannel channel = (LinkChannel) channel(wired);
        List<Object> injected = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        List<Parameters> envelopes = p.parts("envelopes");
        LinkPeek.inMailbox(wired.link, () -> {
            for (Parameters envelope : envelopes) {
                channel.received(plaintext(envelope));
                injected.add(envelope.number("sequence", -1));
            }
            LinkPeek.afterCallbacks(wired.link, done::countDown);
        });
        done.await(SETTLED.toSeconds() * 10, TimeUnit.SECONDS);
        return Answer.of("injected", injected);
    }

    /** A new channel, so that only these handlers are asked. */
    private Map<String, Object> chain(Parameters p) throws InterruptedException {
        WireLink wired = nodes.of(p).link(p);
        LinkChannel channel = new ChannelPeek(channel(wired)).another();
        ChannelPeek peek = new ChannelPeek(channel);
        List<Object> asked = new CopyOnWriteArrayList<>();
        List<String> wanted = p.texts("handlers");
        for (int i = 0; i < wanted.size(); i++) {
            int index = i;
            channel.addMessageHandler(WireListener.MESSAGE_TYPE, message -> {
                asked.add(index);
                if (wanted.get(index).equals("raise")) {
                    throw new IllegalStateException("wanted by the suite");
                }
                return wanted.get(index).equals("true");
            });
        }
        int handlers = peek.messageHandlers();
        CountDownLatch done = new CountDownLatch(1);
        LinkPeek.inMailbox(wired.link, () -> {
            channel.received(new ChannelEnvelope(WireListener.MESSAGE_TYPE, 0, new byte[] {1}).encode());
            LinkPeek.afterCallbacks(wired.link, done::countDown);
        });
        done.await(SETTLED.toSeconds() * 10, TimeUnit.SECONDS);
        return Answer.with("log", asked)
                .and("next_rx_sequence", peek.nextToReceive())
                .and("handler_count", handlers)
                .map();
    }

    private static byte[] plaintext(Parameters envelope) {
        return envelope.optionalBytes("raw")
                .orElseGet(() -> new ChannelEnvelope(
                                (int) envelope.number("msgtype", WireListener.MESSAGE_TYPE),
                                (int) envelope.number("sequence"),
                                envelope.bytesOrNone("data"))
                        .encode());
    }

    private Map<String, Object> received(Parameters p) {
        WireLink wired = nodes.of(p).link(p);
        List<byte[]> all = new ArrayList<>();
        for (byte[] one = wired.messages.poll(); one != null; one = wired.messages.poll()) {
            all.add(one);
        }
        return Answer.of("messages", all);
    }

    private Map<String, Object> window(Parameters p) throws InterruptedException {
        WireLink wired = nodes.of(p).link(p);
        Until.holds(SETTLED, () -> wired.link.state() != State.CLOSED || wired.reason().isPresent());
        CountDownLatch told = new CountDownLatch(1);
        LinkPeek.afterCallbacks(wired.link, told::countDown); // the last thing that a program is told of empties it
        told.await(SETTLED.toSeconds(), TimeUnit.SECONDS);
        Channel channel = channel(wired);
        ChannelPeek peek = new ChannelPeek(channel);
        WindowPeek window = peek.window();
        List<OnItsWay> onTheirWay = peek.onTheirWay();
        return shape(Answer.with("next_rx_sequence", peek.nextToReceive()), window)
                .and("next_sequence", peek.nextToSend())
                .and("rx_ring", peek.held())
                .and("tx_ring", onTheirWay.size())
                .and(
                        "tx_tries",
                        onTheirWay.stream().mapToInt(OnItsWay::tries).max().orElse(0))
                .and(
                        "tx_envelopes",
                        onTheirWay.stream()
                                .map(one -> Answer.with("sequence", one.sequence())
                                        .and("tries", one.tries())
                                        .map())
                                .toList())
                .and("mdu", channel.messageBytes())
                .and("outlet_mdu", wired.link.payloadBytes())
                .and("message_handlers", peek.messageHandlers())
                .and("medium_rate_rounds", window.mediumRounds())
                .and("fast_rate_rounds", window.fastRounds())
                .map();
    }

    private static Answer shape(Answer answer, WindowPeek window) {
        return answer.and("window", window.size())
                .and("window_min", window.min())
                .and("window_max", window.max())
                .and("window_flexibility", window.flexibility());
    }

    private Map<String, Object> capture(Parameters p) throws Exception {
        WireLink wired = nodes.of(p).link(p);
        Channel channel = channel(wired);
        int before = wired.sent().size();
        CompletionStage<Void> sent = channel.send(WireListener.MESSAGE_TYPE, p.bytesOrNone("data"));
        boolean delivered = Until.holds(
                p.millis("timeout_ms", 15_000),
                () -> sent.toCompletableFuture().isDone()
                        && !sent.toCompletableFuture().isCompletedExceptionally());
        Optional<WireLink.Seen> packet = wired.sent().stream()
                .skip(before)
                .filter(seen -> seen.type() == PacketType.DATA)
                .findFirst();
        return Answer.with("context", packet.map(WireLink.Seen::context))
                .and("packet_type", packet.map(seen -> seen.type().bits()))
                .and("packet_hash", packet.map(WireLink.Seen::hash))
                .and("delivered", delivered)
                .and("channel_context", PacketContext.CHANNEL)
                .and("data_context", PacketContext.NONE)
                .map();
    }

    private Map<String, Object> pack(Parameters p) {
        ChannelEnvelope envelope =
                new ChannelEnvelope((int) p.number("msgtype"), (int) p.number("sequence"), p.bytesOrNone("data"));
        return Answer.with("raw", envelope.encode())
                .and("sequence", envelope.sequence())
                .map();
    }

    private Map<String, Object> profile(Parameters p) {
        double roundTrip = p.decimal("rtt");
        return shape(Answer.with("rtt", roundTrip), WindowPeek.initial(roundTrip))
                .and("rtt_slow", ChannelPeek.slow())
                .map();
    }

    private Map<String, Object> timeout(Parameters p) {
        int depth = (int) p.number("ring_depth", 0);
        int tries = (int) p.number("tries");
        return Answer.with("timeout", ChannelPeek.timeout(p.decimal("rtt"), depth, tries))
                .and("rtt", p.decimal("rtt"))
                .and("tries", tries)
                .and("ring_depth", depth)
                .map();
    }

    /** A message is proved, then the same proof comes again, and one for a packet that was never sent. */
    private Map<String, Object> spurious(Parameters p) throws Exception {
        WireLink wired = nodes.of(p).link(p);
        LinkChannel channel = (LinkChannel) channel(wired);
        ChannelPeek peek = new ChannelPeek(channel);
        int before = wired.sent().size();
        CompletionStage<Void> sent = channel.send(WireListener.MESSAGE_TYPE, new byte[] {1});
        boolean delivered = Until.holds(
                p.millis("timeout_ms", 12_000), () -> sent.toCompletableFuture().isDone());
        byte[] hash = wired.sent().get(before).hash();
        int window = peek.window().size();
        int onTheirWay = peek.onTheirWay().size();
        List<String> errors = new ArrayList<>();
        attempt(() -> channel.proved(hash), errors);
        int afterDuplicate = peek.window().size();
        attempt(() -> channel.proved(new byte[hash.length]), errors);
        return Answer.with("delivered", delivered)
                .and("window_before", window)
                .and("window_after_duplicate", afterDuplicate)
                .and("window_final", peek.window().size())
                .and("tx_ring_before", onTheirWay)
                .and("tx_ring_final", peek.onTheirWay().size())
                .and("link_status", WireLinks.number(wired.link.state()))
                .and("link_closed", wired.link.state() == State.CLOSED)
                .and("errors", errors)
                .map();
    }

    private static void attempt(Runnable action, List<String> errors) {
        try {
            action.run();
        } catch (RuntimeException e) {
            errors.add(e.toString());
        }
    }

    private Map<String, Object> listenerReceiving(Parameters p) {
        List<WireLink> links = nodes.of(p).listener(p).links;
        Until.holds(
                SETTLED,
                () -> !links.isEmpty()
                        && LinkPeek.channel(links.get(links.size() - 1).link).isPresent());
        Link link = links.get(links.size() - 1).link;
        ChannelPeek peek = new ChannelPeek(
                LinkPeek.channel(link).orElseThrow(() -> new IllegalArgumentException("the link has no channel")));
        return Answer.with("next_rx_sequence", peek.nextToReceive())
                .and("next_sequence", peek.nextToSend())
                .and("rx_ring", peek.held())
                .map();
    }

    /** What was proved, by the packets that the proofs name. */
    private Map<String, Object> proofLog(Parameters p) {
        List<Integer> contexts = new ArrayList<>();
        for (WireLink wired : nodes.of(p).listener(p).links) {
            for (WireLink.Seen proof : wired.sent()) {
                if (proof.type() == PacketType.PROOF && proof.context() == PacketContext.NONE) {
                    wired.arrived().stream()
                            .filter(seen -> startsWith(proof.payload(), seen.hash()))
                            .forEach(seen -> contexts.add(seen.context()));
                }
            }
        }
        return Answer.with("contexts", contexts)
                .and(
                        "channel_proofs",
                        contexts.stream()
                                .filter(one -> one == PacketContext.CHANNEL)
                                .count())
                .and("channel_context", PacketContext.CHANNEL)
                .map();
    }

    private static boolean startsWith(byte[] payload, byte[] hash) {
        return payload.length >= hash.length && java.util.Arrays.equals(payload, 0, hash.length, hash, 0, hash.length);
    }
}
