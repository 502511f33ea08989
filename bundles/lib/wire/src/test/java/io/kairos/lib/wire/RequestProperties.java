package io.kairos.lib.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class RequestProperties {

    @Property(tries = 300)
    void aPathRequestThatIsWrittenIsReadAgain(
            @ForAll @Size(16) byte[] destination,
            @ForAll @Size(16) byte[] requester,
            @ForAll boolean named,
            @ForAll @Size(min = 1, max = 16) byte[] tag) {
        PathRequest request = new PathRequest(
                DestinationHash.of(destination),
                named ? Optional.of(DestinationHash.of(requester)) : Optional.empty(),
                PathRequest.Tag.of(tag, 0, tag.length));
        byte[] packet = PathRequestCodec.packet(request);
        assertEquals(request, PathRequestCodec.decode(packet, 19, packet.length - 19));
        assertArrayEquals(tag, request.tag().toBytes());
    }

    @Property(tries = 300)
    void anAnnounceThatIsWrittenIsReadAgain(
            @ForAll("payloads") byte[] noise,
            @ForAll boolean ratchet,
            @ForAll @LongRange(max = (1L << 40) - 1) long time) {
        byte[] payload = Arrays.copyOf(noise, Math.max(noise.length, AnnounceCodec.shortest(ratchet)));
        Announce announce = AnnounceCodec.decode(payload, ratchet);
        assertArrayEquals(
                payload,
                AnnounceCodec.encode(
                        announce.publicKeys(),
                        announce.nameHash(),
                        announce.randomBlob(),
                        announce.ratchet(),
                        announce.signature(),
                        announce.appData()));
        assertEquals(
                time,
                AnnounceCodec.emissionSeconds(AnnounceCodec.blob(noise.length < 5 ? new byte[5] : noise, time), 0));
    }

    @Property(tries = 500)
    void noBytesFromTheAirCauseAnythingButARefusal(@ForAll("payloads") byte[] noise, @ForAll boolean ratchet) {
        refused(() -> AnnounceCodec.decode(noise, ratchet).signedData(new DestinationHash(1, 2)));
        refused(() -> PathRequestCodec.decode(noise, 0, noise.length));
        refused(() -> TunnelCodec.decode(noise));
        refused(() -> CacheRequestCodec.decode(noise));
    }

    @Property(tries = 50)
    void aCacheRequestThatIsWrittenIsReadAgain(@ForAll @Size(32) byte[] hash) {
        byte[] packet = CacheRequestCodec.packet(new DestinationHash(1, 2), DestinationType.LINK, hash);
        assertArrayEquals(hash, CacheRequestCodec.decode(Arrays.copyOfRange(packet, 19, packet.length)));
    }

    private static void refused(Runnable decoding) {
        try {
            decoding.run();
        } catch (MalformedException expected) {
            // refusing is fine; any other exception fails the property
        }
    }

    @Provide
    Arbitrary<byte[]> payloads() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
    }
}
