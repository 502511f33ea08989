package io.kairos.test.conformance;

import java.util.List;

/** The families of commands. A new family is a line here. */
final class Families {

    private Families() {}

    static List<Commands.Family> of(Nodes nodes) {
        WireNodes wire = new WireNodes(nodes);
        MockNodes mocks = new MockNodes();
        return List.of(
                new HashCommands(),
                new CipherCommands(),
                new IdentityCommands(),
                new PacketCommands(),
                new AnnounceCommands(),
                new FramingCommands(),
                new DestinationCommands(),
                new InterfaceCommands(),
                new ConfigCommands(),
                new DiscoveryCommands(),
                new DiscoveredCommands(),
                new BehaviouralCommands(mocks),
                new TableCommands(mocks),
                new ListenerCommands(mocks),
                new WireStarts(wire),
                new WirePaths(wire),
                new WireListens(wire),
                new WireLinks(wire),
                new WirePackets(wire),
                new WireRatchets(wire),
                new WireIdentities(wire),
                new WirePlain(wire),
                new WireRequests(wire),
                new WireChannels(wire),
                new WireBuffers(wire),
                new WireResources(wire),
                new WireResourceSenders(wire),
                new WireResourceOffers(wire),
                new WireResourceReceivers(wire),
                new WireHandshakeCrafts(wire),
                new WireLinkCrafts(wire),
                new WirePacketCrafts(wire),
                new WireReaders(wire),
                new WireFrames(wire));
    }
}
