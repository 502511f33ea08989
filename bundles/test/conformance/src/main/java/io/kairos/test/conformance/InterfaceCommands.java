package io.kairos.test.conformance;

import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.LinkBudget;
import io.kairos.core.router.ports.AnnouncePacer;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.AnnounceCodec;
import io.kairos.lib.wire.LinkSizes;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.transport.auto.Group;
import java.util.Map;

/** Sizes and numbers that the product declares. */
final class InterfaceCommands implements Commands.Family {

    private static final int ANY_SIZE = 1_000;

    @Override
    public void addTo(Commands commands) {
        commands.add("interface_optimise_mtu", InterfaceCommands::packetSize)
                .add("packet_constants", p -> sizes())
                .add(
                        "announce_queue_constants",
                        p -> Answer.with("announce_cap", Math.round(100 * InterfacePolicy.DEFAULT.announceCap()))
                                .and("max_queued_announces", AnnouncePacer.MOST)
                                .and("queued_announce_life", AnnouncePacer.LIFETIME.toSeconds())
                                .map())
                .add("auto_discovery_token", p -> {
                    Group group = new Group(p.bytes("group_id"));
                    return Answer.of("token", group.token(p.text("link_local_addr")));
                })
                .notSupported(
                        "interface_hw_mtu", "a number of a class that an interface replaces by one from its bit rate")
                .notSupported(
                        "interface_default_ifac_size", "there are no serial, KISS, RNode and pipe interfaces yet");
    }

    private static Map<String, Object> packetSize(Parameters p) {
        long bitrate = p.number("bitrate");
        if (!p.flag("autoconfigure", true)) {
            boolean kept = LinkBudget.fixed(bitrate, ANY_SIZE).packetBytes() == ANY_SIZE;
            return Answer.with("hw_mtu", -1).and("unchanged", kept).map();
        }
        int bytes = LinkBudget.automatic(bitrate).packetBytes();
        return Answer.with("hw_mtu", bytes == 0 ? null : bytes)
                .and("unchanged", false)
                .map();
    }

    private static Map<String, Object> sizes() {
        int emptyToken = Suite.reticulum().token(new byte[32]).sealedLength(0);
        return Answer.with("mtu", PacketBytes.MTU)
                .and("header_minsize", PacketBytes.SHORT_HEADER)
                .and("header_maxsize", PacketBytes.LONG_HEADER)
                .and("mdu", PacketBytes.LARGEST_PAYLOAD)
                .and("ifac_min_size", PacketBytes.SHORTEST_ACCESS_CODE)
                .and("packet_mdu", PacketBytes.LARGEST_PAYLOAD)
                .and("packet_plain_mdu", PacketBytes.LARGEST_PAYLOAD)
                .and("packet_encrypted_mdu", PacketBytes.LARGEST_PLAINTEXT)
                .and("link_mdu", LinkSizes.payload(PacketBytes.MTU))
                .and("hashlength", Hashes.FULL * Byte.SIZE)
                .and("siglength", AnnounceCodec.SIGNATURE * Byte.SIZE)
                .and("truncated_hashlength", Hashes.TRUNCATED * Byte.SIZE)
                .and("keysize", PublicIdentity.LENGTH * Byte.SIZE)
                .and("name_hash_length", Hashes.NAME * Byte.SIZE)
                .and("token_overhead", LinkSizes.TOKEN_OVERHEAD)
                .and("aes128_blocksize", emptyToken - LinkSizes.TOKEN_OVERHEAD)
                .map();
    }
}
