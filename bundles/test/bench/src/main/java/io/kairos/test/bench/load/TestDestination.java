package io.kairos.test.bench.load;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.PacketBytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A destination that exists only to be announced and to be sent to; written without the product's own announce code. */
final class TestDestination {

    private static final String NAME = "kairos.bench";

    private final byte[] signingSeed = new byte[32];
    private final byte[] publicKeys = new byte[64];
    private final DestinationHash address;

    TestDestination(SecureRandom random) {
        random.nextBytes(signingSeed);
        random.nextBytes(publicKeys);
        Ed25519.generatePublicKey(signingSeed, 0, publicKeys, 32);
        IdentityHash identity = Hashes.identity(publicKeys);
        address = Hashes.destination(NAME, identity);
    }

    DestinationHash address() {
        return address;
    }

    /** A signed announce without application data, 167 bytes. */
    byte[] announce(long emissionSeconds, SecureRandom random) {
        byte[] blob = new byte[10];
        random.nextBytes(blob);
        ByteBuffer.wrap(blob, 5, 5).put((byte) (emissionSeconds >> 32)).putInt((int) emissionSeconds);
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes(address.toBytes());
        signed.writeBytes(publicKeys);
        signed.writeBytes(Hashes.name(NAME));
        signed.writeBytes(blob);
        byte[] message = signed.toByteArray();
        byte[] payload = new byte[148];
        System.arraycopy(message, 16, payload, 0, 84);
        Ed25519.sign(signingSeed, 0, message, 0, message.length, payload, 84);
        return PacketBytes.build(0x01, address, 0x00, payload);
    }
}
