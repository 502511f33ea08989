package io.kairos.lib.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.packet.DestinationHash;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What always holds for everything that travels on links. */
class LinkCodecProperties {

    private static final List<Function<byte[], Object>> DECODERS = List.of(
            LinkRequestCodec::decode,
            LinkRequestCodec::linkId,
            LinkProofCodec::decode,
            LinkIdentityCodec::decode,
            PacketProofCodec::decode,
            RequestCodec::decodeRequest,
            RequestCodec::decodeResponse,
            ChannelEnvelope::decode,
            StreamMessage::decode,
            ResourceAdvertisement::decode,
            PartRequest::decode,
            HashmapUpdate::decode,
            ResourceProofCodec::decode,
            bytes -> LinkSignalling.decode(bytes, 0));

    @Property(tries = 300)
    void noBytesFromTheAirCauseAnythingButARefusal(@ForAll @Size(max = 200) byte[] noise) {
        for (Function<byte[], Object> decoder : DECODERS) {
            try {
                decoder.apply(noise);
            } catch (MalformedException expected) {
                continue; // refusing is fine; any other exception fails the property
            }
        }
    }

    @Property(tries = 300)
    void aBrokenAdvertisementIsRefusedOrReadNeverMore(
            @ForAll @IntRange(max = 120) int at, @ForAll byte value, @ForAll @IntRange(max = 20) int cut) {
        byte[] packed = advertisement(3000, 1, 1).encode();
        packed[at % packed.length] = value;
        try {
            ResourceAdvertisement.decode(Arrays.copyOf(packed, packed.length - cut));
        } catch (MalformedException expected) {
            return; // refusing is fine; any other exception fails the property
        }
    }

    private static ResourceAdvertisement advertisement(long total, int segment, int segments) {
        return new ResourceAdvertisement(
                1000,
                total,
                3,
                new byte[32],
                new byte[4],
                new byte[32],
                segment,
                segments,
                new byte[16],
                9,
                new byte[12]);
    }

    @Property(tries = 200)
    void advertisementsSurvive(
            @ForAll @LongRange(min = 0) long total, @ForAll @IntRange(min = 1, max = 9) int segments) {
        ResourceAdvertisement offer = advertisement(total, segments, segments);

        ResourceAdvertisement again = ResourceAdvertisement.decode(offer.encode());

        assertArrayEquals(offer.encode(), again.encode());
        assertEquals(total, again.totalBytes());
        assertEquals(segments, again.segment());
    }

    @Property(tries = 200)
    void signallingSurvives(@ForAll @IntRange(max = 7) int mode, @ForAll @IntRange(max = 0x1f_ffff) int mtu) {
        LinkSignalling signalling = new LinkSignalling(mode, mtu);

        assertEquals(signalling, LinkSignalling.decode(signalling.encode(), 0));
    }

    @Property(tries = 200)
    void keysOfRequestsProofsAndIdentificationsSurvive(
            @ForAll @Size(32) byte[] key, @ForAll @Size(32) byte[] other, @ForAll @Size(64) byte[] signature) {
        LinkRequestCodec.Body request =
                LinkRequestCodec.decode(LinkRequestCodec.encode(key, other, LinkSignalling.ABSENT));
        LinkProofCodec.Body proof = LinkProofCodec.decode(LinkProofCodec.encode(signature, key, LinkSignalling.ABSENT));
        LinkIdentityCodec.Body identity = LinkIdentityCodec.decode(LinkIdentityCodec.encode(signature, signature));

        assertArrayEquals(key, request.encryptionKey());
        assertArrayEquals(other, request.signingKey());
        assertArrayEquals(key, proof.encryptionKey());
        assertArrayEquals(signature, proof.signature());
        assertArrayEquals(signature, identity.publicKeys());
        assertArrayEquals(signature, identity.signature());
    }

    @Property(tries = 200)
    void theLinkIdDoesNotDependOnSignallingHopsOrTransport(
            @ForAll @Size(64) byte[] keys,
            @ForAll @IntRange(max = 0x1f_ffff) int mtu,
            @ForAll @IntRange(max = 127) int hops) {
        byte[] plain = PacketBytes.build(0x02, new DestinationHash(1, 2), 0, keys);
        byte[] body = Arrays.copyOf(keys, 67);
        System.arraycopy(new LinkSignalling(1, mtu).encode(), 0, body, 64, 3);
        byte[] signalled = PacketBytes.build(0x02, new DestinationHash(1, 2), 0, body);
        byte[] relayed = PacketBytes.withTransport(signalled, signalled.length, new DestinationHash(3, 4), hops, false);

        assertEquals(LinkRequestCodec.linkId(plain), LinkRequestCodec.linkId(signalled));
        assertEquals(LinkRequestCodec.linkId(plain), LinkRequestCodec.linkId(relayed));
    }

    @Property(tries = 200)
    void envelopesAndStreamMessagesSurvive(
            @ForAll @IntRange(max = 0xffff) int type,
            @ForAll @IntRange(max = 0xffff) int sequence,
            @ForAll @IntRange(max = 0x3fff) int stream,
            @ForAll boolean end,
            @ForAll @Size(max = 64) byte[] data) {
        ChannelEnvelope envelope = ChannelEnvelope.decode(new ChannelEnvelope(type, sequence, data).encode());
        StreamMessage message = StreamMessage.decode(new StreamMessage(stream, end, !end, data).encode());

        assertEquals(type, envelope.type());
        assertEquals(sequence, envelope.sequence());
        assertArrayEquals(data, envelope.message());
        assertEquals(stream, message.streamId());
        assertEquals(end, message.isEnd());
        assertEquals(!end, message.isCompressed());
        assertArrayEquals(data, message.data());
    }

    @Property(tries = 200)
    void partRequestsAndUpdatesSurvive(
            @ForAll @Size(32) byte[] hash,
            @ForAll boolean exhausted,
            @ForAll int last,
            @ForAll @Size(max = 75) int[] wanted) {
        PartRequest request = PartRequest.decode(new PartRequest(hash, exhausted, last, wanted).encode());
        HashmapUpdate update = HashmapUpdate.decode(new HashmapUpdate(hash, 3, new byte[4 * wanted.length]).encode());

        assertArrayEquals(hash, request.segmentHash());
        assertEquals(exhausted, request.isExhausted());
        assertEquals(exhausted ? last : 0, request.lastKnown());
        assertArrayEquals(wanted, request.wanted());
        assertEquals(3, update.block());
        assertEquals(4 * wanted.length, update.partHashes().length);
    }
}
