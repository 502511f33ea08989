package io.kairos.test.conformance;

import io.kairos.api.identity.KnownDestination;

/** Also wants to know which packet it was. */
final class PacketListener extends RecordingListener {

    PacketListener(String nameFilter, boolean wantsPathResponses, boolean fails) {
        super(nameFilter, wantsPathResponses, fails);
    }

    @Override
    public void heard(KnownDestination announced, int hops, boolean pathResponse, byte[] packetHash) {
        note(announced, Answer.of("announce_packet_hash", packetHash));
    }
}
