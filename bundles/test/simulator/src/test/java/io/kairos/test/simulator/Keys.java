package io.kairos.test.simulator;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.crypto.Decrypted;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketType;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.crypto.bouncycastle.X25519Agreement;
import io.kairos.crypto.reticulum.ReticulumSuite;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.AnnounceCodec;
import io.kairos.lib.wire.PacketBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An identity that is always the same for the same seed. */
final class Keys implements LocalIdentity {

    static final CryptoSuite SUITE = new ReticulumSuite(new X25519Agreement(), new Ed25519Signer());

    private final String name;
    private final byte[] agreement;
    private final byte[] seed;
    private final PublicIdentity identity;

    Keys(String name) {
        this.name = name;
        agreement = Hashes.sha256((name + " agrees").getBytes(StandardCharsets.UTF_8));
        seed = Hashes.sha256((name + " signs").getBytes(StandardCharsets.UTF_8));
        byte[] keys = Arrays.copyOf(SUITE.keyAgreement().publicKey(agreement), 64);
        System.arraycopy(SUITE.signer().publicKey(seed), 0, keys, 32, 32);
        identity = PublicIdentity.of(keys, Hashes.identity(keys));
    }

    DestinationHash destination(String fullName) {
        return Hashes.destination(fullName, identity.hash());
    }

    /** An announce as the identity's own node would send it. */
    byte[] announce(String fullName, long emissionSeconds) {
        DestinationHash destination = destination(fullName);
        byte[] random = Hashes.sha256((name + fullName + emissionSeconds).getBytes(StandardCharsets.UTF_8));
        byte[] blob = AnnounceCodec.blob(random, emissionSeconds);
        byte[] keys = identity.toBytes();
        byte[] nameHash = Hashes.name(fullName);
        byte[] none = new byte[0];
        byte[] signature = sign(AnnounceCodec.signedData(destination, keys, nameHash, blob, Optional.empty(), none));
        byte[] payload = AnnounceCodec.encode(keys, nameHash, blob, Optional.empty(), signature, none);
        return PacketBytes.build(
                PacketBytes.flags(PacketType.ANNOUNCE, DestinationType.SINGLE), destination, 0, payload);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PublicIdentity publicIdentity() {
        return identity;
    }

    @Override
    public byte[] sign(byte[] message) {
        return SUITE.signer().sign(seed, message);
    }

    @Override
    public Optional<byte[]> agree(byte[] peerPublicKey) {
        return Optional.ofNullable(SUITE.keyAgreement().agree(agreement, peerPublicKey));
    }

    @Override
    public Optional<byte[]> decrypt(byte[] ciphertext, List<byte[]> ratchets, boolean enforceRatchets) {
        List<byte[]> keys = new ArrayList<>(ratchets);
        if (!enforceRatchets) {
            keys.add(agreement);
        }
        return Optional.ofNullable(SUITE.decrypt(keys, hash().toBytes(), ciphertext))
                .map(Decrypted::plaintext);
    }
}
