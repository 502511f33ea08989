package io.kairos.messaging.files;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.Link;
import io.kairos.api.link.ResourceTransfer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Fetches one file over a link. */
final class Download {

    private final String name;
    private final Inbox inbox;
    private final Outgoing transfer;
    private final Executor disk;
    private final AtomicBoolean taken = new AtomicBoolean(); // one answer is one file

    Download(String name, Inbox inbox, Outgoing transfer, Executor disk) {
        this.name = name;
        this.inbox = inbox;
        this.transfer = transfer;
        this.disk = disk;
    }

    void start(Link link, LocalIdentity identity, Duration patience) {
        link.acceptResources(this::decide);
        link.onResource(this::started);
        link.identify(identity);
        link.request(Listener.FETCH, name, patience).response().whenComplete((response, failure) -> {
            if (failure != null) {
                transfer.fail(
                        Failure.Kind.POLICY,
                        "The other end did not answer.",
                        "It gives out no files, or not to this identity: give its operator the hash that identity:list"
                                + " shows.");
            } else {
                answered(response.value());
            }
        });
    }

    private void answered(Object answer) {
        if (Boolean.FALSE.equals(answer)) {
            transfer.fail(Failure.Kind.PEER, "The other end has no such file.", "Check the name.");
        } else if (answer instanceof Long code && code == Listener.NOT_ALLOWED) {
            transfer.fail(
                    Failure.Kind.POLICY,
                    "The other end does not give out this file.",
                    "Names start in the folder that it gives out.");
        } else if (!Boolean.TRUE.equals(answer)) {
            transfer.fail(Failure.Kind.PEER, "The other end gave an answer that makes no sense.", "Ask its operator.");
        }
    }

    private Link.Decision decide(Link.ResourceOffer offer) {
        if (!offer.hasMetadata() || taken.get()) {
            return Link.Decision.REJECT;
        }
        if (!inbox.hasRoomFor(offer.size())) {
            transfer.fail(
                    Failure.Kind.STORAGE,
                    "There is no room for a file of %d bytes.".formatted(offer.size()),
                    "Make room on the disk of " + inbox.folder() + ".");
            return Link.Decision.REJECT;
        }
        return taken.compareAndSet(false, true) ? Link.Decision.ACCEPT : Link.Decision.REJECT;
    }

    private void started(ResourceTransfer resource) {
        if (!resource.isIncoming()) {
            return;
        }
        transfer.transferring(resource);
        resource.outcome().thenAccept(status -> {
            if (status == ResourceTransfer.Status.COMPLETE) {
                resource.keep();
                disk.execute(() -> save(resource));
            } else {
                transfer.fail(Failure.Kind.NETWORK, "The transfer broke off.", "Fetch it again.");
            }
        });
    }

    private void save(ResourceTransfer resource) {
        try {
            Object metadata = resource.metadata().orElse(null);
            byte[] given = metadata instanceof Map<?, ?> map && map.get("name") instanceof byte[] bytes ? bytes : null;
            if (given == null) {
                throw new MalformedException("it has no name");
            }
            transfer.succeed(
                    Optional.of(inbox.save(SafeName.of(given), resource.data().orElseThrow())));
        } catch (MalformedException e) {
            transfer.fail(Failure.Kind.PEER, "What came is no file: " + e.getMessage() + ".", "Ask its operator.");
        } catch (MeshException e) {
            transfer.fail(e);
        } finally {
            resource.release();
        }
    }
}
