package io.kairos.core.link.life;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.link.DestinationSettings.ProofStrategy;
import io.kairos.api.link.Link.CloseReason;
import io.kairos.api.link.Link.State;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.api.routing.InboundPacket;
import io.kairos.core.link.channel.LinkChannel;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.LinkIdentityCodec;
import io.kairos.lib.wire.PacketProofCodec;
import java.util.Optional;

/** Decides what a packet on a link is for. Owned by the mailbox of its link. Specification: docs/protocol/link.md. */
final class LinkInbound {

    static final byte[] KEEPALIVE_ASK = {(byte) 0xff};
    static final byte[] KEEPALIVE_ANSWER = {(byte) 0xfe};

    private final LiveLink link;

    LinkInbound(LiveLink link) {
        this.link = link;
    }

    void received(InboundPacket packet) {
        State state = link.machine().state();
        if (state == State.CLOSED) {
            return;
        }
        boolean handshakeProof =
                packet.type() == PacketType.PROOF && packet.context() == PacketContext.LINK_REQUEST_PROOF;
        if (handshakeProof) {
            link.handshake(packet, null);
        } else if (state != State.PENDING && !isEcho(packet)) {
            link.machine().heard(link.now());
            link.wire().countReceived(packet);
            link.heardAt(packet.signal());
            if (packet.type() == PacketType.PROOF) {
                proof(packet);
            } else if (packet.type() == PacketType.DATA) {
                data(packet);
            }
        }
    }

    /** The initiator's own question does not tell it anything. */
    private boolean isEcho(InboundPacket packet) {
        return link.isInitiator() && isKeepaliveAsk(packet);
    }

    private static boolean isKeepaliveAsk(InboundPacket packet) {
        return packet.context() == PacketContext.KEEPALIVE
                && packet.dataLength() == 1
                && packet.raw()[packet.dataOffset()] == KEEPALIVE_ASK[0];
    }

    private void proof(InboundPacket packet) {
        if (packet.context() == PacketContext.RESOURCE_PROOF) {
            link.parts().resources().proof(packet);
        } else if (packet.context() == PacketContext.NONE) {
            packetProof(packet);
        }
    }

    private void packetProof(InboundPacket packet) {
        byte[] hash;
        byte[] signature;
        try {
            PacketProofCodec.Body body = PacketProofCodec.decode(packet.data());
            if (body.provedHash().isEmpty()) {
                return; // on links only the explicit form counts
            }
            hash = body.provedHash().get();
            signature = body.signature();
        } catch (MalformedException e) {
            return;
        }
        Optional<LinkChannel> channel = link.parts().openedChannel().filter(open -> open.awaits(hash));
        if (channel.isPresent() && isByPeer(hash, signature)) {
            channel.get().proved(hash);
            return;
        }
        link.host()
                .receipts()
                .find(hash)
                .filter(receipt -> receipt.proverKey() == link.peerSigningKey && isByPeer(hash, signature))
                .ifPresent(link.host().receipts()::delivered);
    }

    private boolean isByPeer(byte[] message, byte[] signature) {
        Optional<CryptoSuite> suite = link.surroundings().suite().find();
        return suite.isPresent() && suite.get().signer().verify(link.peerSigningKey, message, signature);
    }

    private void data(InboundPacket packet) {
        int context = packet.context();
        switch (context) {
            case PacketContext.RESOURCE -> link.parts().resources().part(packet);
            case PacketContext.KEEPALIVE -> keepalive(packet);
            case PacketContext.CACHE_REQUEST -> link.parts().resources().cacheRequest(packet.data());
            case PacketContext.CHANNEL -> channel(packet);
            default -> link.wire().open(packet).ifPresent(plaintext -> opened(context, plaintext, packet));
        }
    }

    private void keepalive(InboundPacket packet) {
        if (isKeepaliveAsk(packet) && link.machine().answersKeepalive(link.now())) {
            link.wire().sendPlain(PacketContext.KEEPALIVE, KEEPALIVE_ANSWER);
        }
    }

    private void opened(int context, byte[] plaintext, InboundPacket packet) {
        switch (context) {
            case PacketContext.NONE -> payload(plaintext, packet);
            case PacketContext.REQUEST -> link.parts().requests().asked(plaintext, packet.hash());
            case PacketContext.RESPONSE -> link.parts().requests().responded(plaintext);
            case PacketContext.LINK_IDENTIFY -> identified(plaintext);
            case PacketContext.LINK_CLOSE -> closed(plaintext);
            case PacketContext.LINK_RTT -> link.handshake(packet, plaintext);
            case PacketContext.RESOURCE_ADVERTISEMENT,
                    PacketContext.RESOURCE_REQUEST,
                    PacketContext.RESOURCE_HASHMAP_UPDATE,
                    PacketContext.RESOURCE_INITIATOR_CANCEL,
                    PacketContext.RESOURCE_RECEIVER_CANCEL ->
                link.parts().resources().control(context, plaintext, packet);
            default -> {}
        }
    }

    private void payload(byte[] plaintext, InboundPacket packet) {
        boolean taken = link.callbacks().offer(() -> deliver(plaintext, packet));
        if (taken && link.role().proofs() == ProofStrategy.ALL) {
            prove(packet);
        }
    }

    private void deliver(byte[] plaintext, InboundPacket packet) {
        link.handlers().packet.accept(plaintext);
        if (link.role().proofs() == ProofStrategy.APPLICATION
                && link.handlers().proves.test(plaintext)) {
            link.mailbox().run(() -> prove(packet));
        }
    }

    private void prove(InboundPacket packet) {
        byte[] signature = link.sign(packet.hash());
        link.wire().send(PacketProofCodec.onLink(link.id(), packet.hash(), signature));
    }

    /**
     * A program opens the channel when it hears of the link, and the first messages may come at that very moment: they wait
     * behind it, because the other end would send them again only after long.
     */
    private void channel(InboundPacket packet) {
        if (link.parts().openedChannel().isEmpty() && link.isBeingTold()) {
            link.callbacks().offer(() -> link.mailbox().run(() -> channelMessage(packet)));
        } else {
            channelMessage(packet);
        }
    }

    /** Proved whatever it is, as the protocol asks; but not where it would have to be dropped although it is needed. */
    private void channelMessage(InboundPacket packet) {
        link.parts().openedChannel().filter(open -> link.callbacks().hasRoom()).ifPresent(open -> {
            if (link.wire().open(packet).map(open::received).orElse(true)) {
                prove(packet);
            }
        });
    }

    private void identified(byte[] plaintext) {
        if (link.isInitiator() || link.remoteIdentity != null) {
            return;
        }
        PublicIdentity identity;
        try {
            LinkIdentityCodec.Body body = LinkIdentityCodec.decode(plaintext);
            byte[] keys = body.publicKeys();
            identity = PublicIdentity.of(keys, Hashes.identity(keys));
            Optional<CryptoSuite> suite = link.surroundings().suite().find();
            byte[] signed = LinkIdentityCodec.signedData(link.id(), keys);
            if (suite.isEmpty() || !suite.get().signer().verify(identity.signingKey(), signed, body.signature())) {
                return;
            }
        } catch (MalformedException e) {
            return;
        }
        boolean refused = link.surroundings()
                .known()
                .find()
                .filter(known -> known.isBlackholed(identity.hash()))
                .isPresent();
        if (refused) {
            link.end(CloseReason.DESTINATION_CLOSED, true);
            return;
        }
        link.remoteIdentity = identity;
        link.callbacks().execute(() -> link.handlers().identified.accept(identity));
    }

    private void closed(byte[] plaintext) {
        if (Hashes.same(plaintext, link.id().toBytes())) {
            link.end(link.isInitiator() ? CloseReason.DESTINATION_CLOSED : CloseReason.INITIATOR_CLOSED);
        }
    }
}
