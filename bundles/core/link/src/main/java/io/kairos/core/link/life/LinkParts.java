package io.kairos.core.link.life;

import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.link.Link;
import io.kairos.api.link.Link.CloseReason;
import io.kairos.api.link.Link.Decision;
import io.kairos.api.link.ResourceData;
import io.kairos.api.link.ResourceOptions;
import io.kairos.core.link.LinkTally;
import io.kairos.core.link.LinkWire;
import io.kairos.core.link.Surroundings;
import io.kairos.core.link.actor.Mailbox;
import io.kairos.core.link.actor.SerialQueue;
import io.kairos.core.link.channel.ChannelHost;
import io.kairos.core.link.channel.LinkChannel;
import io.kairos.core.link.destination.RequestHandlers;
import io.kairos.core.link.request.LinkRequests;
import io.kairos.core.link.request.RequestHost;
import io.kairos.core.link.resource.LinkResources;
import io.kairos.core.link.resource.ResourceHost;
import io.kairos.core.link.resource.Transfer;
import io.kairos.lib.wire.ResourceAdvertisement;
import java.util.Optional;
import java.util.function.Consumer;

/** What runs on a link, and the link as these parts see it. Threads: as in {@link LiveLink}. */
final class LinkParts implements ResourceHost, RequestHost, ChannelHost {

    /** Bytes of a link request and its proof, from which the first guess of the bit rate is made. */
    private static final int HANDSHAKE_BYTES = 86 + 118;

    private final LiveLink link;
    private final LinkRequests requests;
    private final LinkResources resources;
    private volatile LinkChannel channel;

    LinkParts(LiveLink link) {
        this.link = link;
        this.requests = new LinkRequests(this);
        this.resources =
                new LinkResources(this, link.host().receiveBudget(), link.host().sendBudget());
    }

    LinkRequests requests() {
        return requests;
    }

    LinkResources resources() {
        return resources;
    }

    synchronized LinkChannel openChannel() {
        if (channel == null) {
            channel = new LinkChannel(this);
        }
        return channel;
    }

    Optional<LinkChannel> openedChannel() {
        return Optional.ofNullable(channel);
    }

    void close() {
        resources.close();
        requests.close();
        openedChannel().ifPresent(LinkChannel::close);
    }

    @Override
    public Surroundings surroundings() {
        return link.surroundings();
    }

    @Override
    public LinkWire wire() {
        return link.wire();
    }

    @Override
    public LinkTally tally() {
        return link.host().tally();
    }

    @Override
    public Mailbox mailbox() {
        return link.mailbox();
    }

    @Override
    public SerialQueue callbacks() {
        return link.callbacks();
    }

    @Override
    public Link link() {
        return link;
    }

    @Override
    public double roundTripSeconds() {
        return link.roundTripSeconds;
    }

    @Override
    public double expectedBits() {
        return HANDSHAKE_BYTES * 8 / Math.max(1e-3, link.roundTripSeconds);
    }

    @Override
    public boolean isActive() {
        return link.isActive();
    }

    @Override
    public Optional<PublicIdentity> remoteIdentity() {
        return link.remoteIdentity();
    }

    @Override
    public Optional<RequestHandlers> handlers() {
        return Optional.of(link.role().handlers());
    }

    @Override
    public int maximumRequestBytes() {
        return link.role().maximumRequestBytes();
    }

    @Override
    public Transfer sendResource(ResourceData data, ResourceOptions options, byte[] requestId, int flags) {
        return resources.send(data, options, requestId, flags);
    }

    @Override
    public void judge(ResourceAdvertisement offer, Consumer<Decision> decided) {
        Optional<Decision> byRequest = requests.judge(offer);
        if (byRequest.isPresent()) {
            decided.accept(byRequest.get());
            return;
        }
        Link.ResourceOffer shown = new Link.ResourceOffer(
                offer.totalBytes(),
                offer.streamBytes(),
                offer.has(ResourceAdvertisement.COMPRESSED),
                offer.has(ResourceAdvertisement.METADATA));
        if (!link.callbacks().offer(() -> decided.accept(ask(shown)))) {
            decided.accept(Decision.IGNORE);
        }
    }

    private Decision ask(Link.ResourceOffer offer) {
        Decision decision = link.handlers().offer.apply(offer);
        return decision == null ? Decision.IGNORE : decision;
    }

    @Override
    public void started(ResourceAdvertisement offer, Transfer transfer) {
        if (offer.requestId().isPresent()) {
            requests.started(offer, transfer);
        } else {
            link.callbacks().execute(() -> link.handlers().resource.accept(transfer));
        }
    }

    @Override
    public void abort(CloseReason reason) {
        link.end(reason, true);
    }

    @Override
    public void channelFailed() {
        link.mailbox().run(() -> link.end(CloseReason.TIMEOUT, true));
    }
}
