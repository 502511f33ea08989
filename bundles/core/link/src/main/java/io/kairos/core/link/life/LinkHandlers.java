package io.kairos.core.link.life;

import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.link.Link.Decision;
import io.kairos.api.link.Link.ResourceOffer;
import io.kairos.api.link.ResourceTransfer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** What a program wants to be told of its link; until it says so, nothing. Threads: any. */
final class LinkHandlers {

    volatile Consumer<byte[]> packet = data -> {};
    volatile Predicate<byte[]> proves = data -> false;
    volatile Consumer<PublicIdentity> identified = identity -> {};
    volatile Function<ResourceOffer, Decision> offer = offered -> Decision.IGNORE;
    volatile Consumer<ResourceTransfer> resource = transfer -> {};
}
