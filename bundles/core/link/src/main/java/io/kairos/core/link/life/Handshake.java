package io.kairos.core.link.life;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.crypto.Token;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.api.routing.InterfaceHandle;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.wire.LinkProofCodec;
import io.kairos.lib.wire.LinkRequestCodec;
import io.kairos.lib.wire.LinkSignalling;
import io.kairos.lib.wire.LinkSizes;
import io.kairos.lib.wire.PacketBytes;
import java.util.Arrays;
import java.util.Optional;

/**
 * The two messages that make a link and the keys that come of them. Stateless, so nothing changes before a signature has
 * been checked.
 *
 * <p>Specification: docs/protocol/link.md. Test vectors: {@code LinkVectors}.
 */
final class Handshake {

    private static final int DERIVED = 64;
    private static final byte[] NOTHING = {};

    private Handshake() {}

    /** Fresh keys and the request packet made of them. */
    static Request request(CryptoSuite suite, DestinationHash destination, int mtu) {
        byte[] encryption = suite.keyAgreement().generatePrivateKey();
        byte[] signing = suite.signer().generatePrivateKey();
        byte[] body = LinkRequestCodec.encode(
                suite.keyAgreement().publicKey(encryption),
                suite.signer().publicKey(signing),
                new LinkSignalling(LinkSignalling.AES_256_CBC, mtu));
        byte[] packet = PacketBytes.build(
                PacketBytes.flags(PacketType.LINK_REQUEST, DestinationType.SINGLE),
                destination,
                PacketContext.NONE,
                body);
        return new Request(packet, encryption, signing, mtu);
    }

    /** Largest packet to ask for on a link over {@code via}. */
    static int mtuOf(InterfaceHandle via) {
        LinkBudget budget = via.budget();
        boolean known = budget.mtuClass() != LinkBudget.MtuClass.NONE && budget.packetBytes() >= LinkSizes.SMALLEST_MTU;
        return known ? budget.packetBytes() : PacketBytes.MTU;
    }

    /**
     * Answers a request.
     *
     * @param raw the request packet as it arrived
     * @param mtuLimit what the interface can carry
     * @return keys and the proof packet; empty for a request that must not be answered
     */
    static Optional<Accepted> accept(
            CryptoSuite suite, LocalIdentity identity, byte[] raw, LinkRequestCodec.Body body, int mtuLimit) {
        LinkSignalling wanted = body.signalling();
        if (wanted.mode() != LinkSignalling.AES_256_CBC || wanted.mtu() < LinkSizes.SMALLEST_MTU) {
            return Optional.empty();
        }
        DestinationHash id = LinkRequestCodec.linkId(raw);
        byte[] own = suite.keyAgreement().generatePrivateKey();
        return token(suite, own, body.encryptionKey(), id).map(token -> {
            LinkSignalling confirmed = wanted.withMtu(Math.min(wanted.mtu(), mtuLimit));
            byte[] proof = proof(identity, id, suite.keyAgreement().publicKey(own), confirmed);
            return new Accepted(id, token, confirmed.mtu(), body.signingKey(), proof);
        });
    }

    private static byte[] proof(LocalIdentity identity, DestinationHash id, byte[] key, LinkSignalling confirmed) {
        byte[] signed =
                LinkProofCodec.signedData(id, key, identity.publicIdentity().signingKey(), confirmed.encode());
        return PacketBytes.build(
                PacketBytes.flags(PacketType.PROOF, DestinationType.LINK),
                id,
                PacketContext.LINK_REQUEST_PROOF,
                LinkProofCodec.encode(identity.sign(signed), key, confirmed));
    }

    /**
     * Checks a proof.
     *
     * @return the keys; empty for a proof that must be ignored
     */
    static Optional<Proved> check(
            CryptoSuite suite, Request request, PublicIdentity destination, LinkProofCodec.Body body) {
        LinkSignalling confirmed = body.signalling();
        byte[] identityKey = destination.signingKey();
        byte[] signed =
                LinkProofCodec.signedData(request.linkId(), body.encryptionKey(), identityKey, body.signallingBytes());
        if (!suite.signer().verify(identityKey, signed, body.signature())
                || confirmed.mode() != LinkSignalling.AES_256_CBC
                || confirmed.mtu() < LinkSizes.SMALLEST_MTU
                || confirmed.mtu() > Math.max(request.mtu, PacketBytes.MTU)) {
            return Optional.empty();
        }
        return token(suite, request.encryptionKey, body.encryptionKey(), request.linkId())
                .map(token -> new Proved(token, confirmed.mtu()));
    }

    private static Optional<Token> token(CryptoSuite suite, byte[] own, byte[] peer, DestinationHash id) {
        byte[] shared = suite.keyAgreement().agree(own, peer);
        if (shared == null) {
            return Optional.empty();
        }
        byte[] key = suite.deriveKey(DERIVED, shared, id.toBytes(), NOTHING);
        Token token = suite.token(key);
        Arrays.fill(shared, (byte) 0);
        Arrays.fill(key, (byte) 0);
        return Optional.of(token);
    }

    /** What the initiator made. */
    static final class Request {

        private final byte[] packet;
        private final byte[] encryptionKey;
        private final byte[] signingKey;
        private final int mtu;
        private final DestinationHash linkId;

        Request(byte[] packet, byte[] encryptionKey, byte[] signingKey, int mtu) {
            this.packet = packet;
            this.encryptionKey = encryptionKey;
            this.signingKey = signingKey;
            this.mtu = mtu;
            this.linkId = LinkRequestCodec.linkId(packet);
        }

        byte[] packet() {
            return packet;
        }

        DestinationHash linkId() {
            return linkId;
        }

        /** The private Ed25519 key with which the initiator proves packets on this link. */
        byte[] signingKey() {
            return signingKey;
        }

        /** The private X25519 key is needed for one agreement only. */
        void forgetEncryptionKey() {
            Arrays.fill(encryptionKey, (byte) 0);
        }
    }

    /** What the responder made. */
    static final class Accepted {

        private final DestinationHash linkId;
        private final Token token;
        private final int mtu;
        private final byte[] peerSigningKey;
        private final byte[] proof;

        Accepted(DestinationHash linkId, Token token, int mtu, byte[] peerSigningKey, byte[] proof) {
            this.linkId = linkId;
            this.token = token;
            this.mtu = mtu;
            this.peerSigningKey = peerSigningKey;
            this.proof = proof;
        }

        DestinationHash linkId() {
            return linkId;
        }

        Token token() {
            return token;
        }

        int mtu() {
            return mtu;
        }

        byte[] peerSigningKey() {
            return peerSigningKey;
        }

        byte[] proof() {
            return proof;
        }
    }

    /**
     * What the initiator knows after a valid proof.
     *
     * @param token encrypts everything on the link
     * @param mtu confirmed largest packet
     */
    record Proved(Token token, int mtu) {}
}
