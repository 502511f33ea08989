package io.kairos.test.interop;

import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.Link;
import io.kairos.api.link.PendingRequest;
import io.kairos.api.link.ResourceData;
import io.kairos.api.link.ResourceOptions;
import io.kairos.api.link.ResourceTransfer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Commands about links and what travels over them. */
final class LinkCommands {

    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(15);

    private final NodeServices node;
    private final Executor executor;
    private final Function<String, LocalIdentity> identities;
    private final Map<String, PeerLink> links = new ConcurrentHashMap<>();
    private final Map<String, ResourceTransfer> transfers = new ConcurrentHashMap<>();

    LinkCommands(NodeServices node, Executor executor, Function<String, LocalIdentity> identities) {
        this.node = node;
        this.executor = executor;
        this.identities = identities;
    }

    void add(PeerLink peer) {
        links.put(peer.link().id().toHex(), peer);
    }

    Map<String, Object> connect(Arguments in) throws TimeoutException, InterruptedException {
        Link link = Waiting.result(node.endpoints().connect(in.destination()), in.timeout(30));
        add(new PeerLink(link, executor, false));
        return Map.of(
                "link", link.id().toHex(),
                "mtu", link.mtu(),
                "payload", link.payloadBytes(),
                "hops", link.hops(),
                "interface", link.interfaceName(),
                "millis", Waiting.millis(link.roundTrip()));
    }

    Map<String, Object> identify(Arguments in) {
        LocalIdentity identity = identities.apply(in.text("identity", "node"));
        peer(in).link().identify(identity);
        return Map.of("identity", Content.hex(identity.hash().toBytes()));
    }

    Map<String, Object> linkPacket(Arguments in) throws InterruptedException {
        PeerLink peer = peer(in);
        peer.packets().clear();
        byte[] data = Content.of("random", in.number("seed", 1), in.number("size", 100));
        Map<String, Object> told = NodeCommands.outcome(peer.link().send(data), in.timeout(20));
        byte[] echo = peer.packets().poll(in.timeout(20).toMillis(), TimeUnit.MILLISECONDS);
        told.put("echoed", Arrays.equals(echo, data));
        return told;
    }

    Map<String, Object> request(Arguments in) throws TimeoutException, InterruptedException, IOException {
        Object data = in.value("number");
        int size = in.number("size", 0);
        if (data == null && size > 0) {
            data = Content.of(in.text("kind", "random"), in.number("seed", 1), size);
        }
        Duration timeout = in.timeout(60);
        PendingRequest pending = peer(in).link().request(in.text("path", "/echo"), data, timeout);
        PendingRequest.Response response = Waiting.result(pending.response(), timeout.plusSeconds(5));
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("status", pending.status().name());
        told.put("millis", Waiting.millis(response.roundTrip()));
        Object value = response.value();
        if (value instanceof ResourceData file) {
            value = file.open(0).readAllBytes();
            told.put("metadata", response.metadata().orElse(null));
        }
        if (value instanceof byte[] bytes) {
            told.put("size", bytes.length);
            told.put("sha256", Content.hex(Content.hash(bytes)));
            told.put("hex", Content.hex(Arrays.copyOf(bytes, Math.min(64, bytes.length))));
        } else {
            told.put("value", value);
        }
        return told;
    }

    Map<String, Object> channel(Arguments in) throws InterruptedException {
        PeerLink peer = peer(in);
        peer.messages().clear();
        int count = in.number("count", 20);
        int size = Math.min(in.number("size", 100), peer.channel().messageBytes());
        Duration timeout = in.timeout(60);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] body = Content.of("random", in.number("seed", 1) + i, size);
            sent.add(Content.hex(body));
            peer.sendMessage(body, timeout);
        }
        List<String> echoed = new ArrayList<>();
        Waiting.until(timeout, () -> peer.messages().size() >= count);
        for (byte[] body = peer.messages().poll();
                body != null;
                body = peer.messages().poll()) {
            echoed.add(Content.hex(body));
        }
        boolean ordered = echoed.equals(sent);
        sent.sort(null);
        List<String> sorted = new ArrayList<>(echoed);
        sorted.sort(null);
        return Map.of("echoed", echoed.size(), "equal", sorted.equals(sent), "ordered", ordered);
    }

    Map<String, Object> stream(Arguments in) throws InterruptedException {
        PeerLink peer = peer(in);
        int size = in.number("size", 20_000);
        byte[] content = Content.of(in.text("kind", "text"), in.number("seed", 1), size);
        byte[] data = Arrays.copyOf(content, size + 1);
        for (int i = 0; i < size; i++) {
            data[i] = data[i] == PeerLink.STREAM_END ? 5 : data[i];
        }
        data[size] = PeerLink.STREAM_END;
        PeerLink.EchoStream stream = peer.stream(in.number("number", 1));
        stream.write(data);
        boolean inTime = stream.awaitEnd(in.timeout(90));
        byte[] received = stream.received();
        return Map.of("ended", inTime, "received", received.length, "equal", Arrays.equals(received, data));
    }

    Map<String, Object> resource(Arguments in) throws TimeoutException, InterruptedException {
        PeerLink peer = peer(in);
        peer.packets().clear();
        byte[] data = Content.of(in.text("kind", "random"), in.number("seed", 1), in.number("size", 1024));
        ResourceOptions options =
                new ResourceOptions(Optional.ofNullable(in.value("metadata")), in.flag("compress", true));
        long began = System.nanoTime();
        ResourceTransfer transfer = peer.link().send(ResourceData.of(data), options);
        transfers.put(in.text("link"), transfer);
        ResourceTransfer.Status status = Waiting.result(transfer.outcome(), in.timeout(120));
        double seconds = Waiting.seconds(began);
        boolean complete = status == ResourceTransfer.Status.COMPLETE;
        byte[] answer = complete ? peer.packets().poll(ANSWER_PATIENCE.toMillis(), TimeUnit.MILLISECONDS) : null;
        return Map.of(
                "status", status.name(),
                "seconds", seconds,
                "sha256", Content.hex(Content.hash(data)),
                "received", PeerLink.hashAnswered(answer));
    }

    /** How far the last resource sent on a link has come. */
    Map<String, Object> progress(Arguments in) {
        ResourceTransfer transfer = transfers.get(in.text("link"));
        return transfer == null
                ? Map.of("status", "NONE", "progress", 0.0)
                : Map.of("status", transfer.status().name(), "progress", transfer.progress());
    }

    Map<String, Object> fetch(Arguments in) throws InterruptedException {
        PeerLink peer = peer(in);
        peer.resources().clear();
        Duration timeout = in.timeout(120);
        List<Object> wanted = new ArrayList<>();
        wanted.add(in.text("kind", "random"));
        wanted.add(in.number("seed", 1));
        wanted.add(in.number("size", 1024));
        wanted.add(in.flag("compress", true));
        wanted.add(in.value("metadata"));
        long began = System.nanoTime();
        peer.link().request("/resource", wanted, timeout);
        Map<String, Object> arrived = peer.resources().poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (arrived == null) {
            return Map.of("status", "TIMEOUT");
        }
        arrived.put("seconds", Waiting.seconds(began));
        return arrived;
    }

    Map<String, Object> close(Arguments in) {
        peer(in).link().close();
        links.remove(in.text("link"));
        return Map.of();
    }

    Map<String, Object> linkState(Arguments in) {
        Link link = peer(in).link();
        return Map.of(
                "closed", link.state() == Link.State.CLOSED,
                "state", link.state().name(),
                "interface", link.interfaceName());
    }

    private PeerLink peer(Arguments in) {
        PeerLink peer = links.get(in.text("link"));
        if (peer == null) {
            throw new IllegalArgumentException("there is no such link");
        }
        return peer;
    }
}
