package io.kairos.test.conformance;

import java.util.List;

/** The families of commands. A new family is a line here. */
final class Families {

    private Families() {}

    static List<Commands.Family> of(Nodes nodes) {
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
                new BehaviouralCommands(mocks),
                new TableCommands(mocks),
                new ListenerCommands(mocks));
    }
}
