package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Fields;
import io.kairos.admin.shell.Units;
import io.kairos.api.failure.Failure;
import io.kairos.api.routing.Router.InterfaceView;
import io.kairos.api.transport.InterfaceCounters;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An interface for scripts; keys are only ever added. */
public final class InterfaceJson {

    private InterfaceJson() {}

    public static Map<String, Object> of(InterfaceView view, Rates rates) {
        InterfaceCounters counters = view.counters();
        Optional<Rates.Rate> rate = rates.of(view);
        return new Fields()
                .put("name", view.name())
                .put("kind", view.kind())
                .put("description", view.description())
                .put("parent", view.parent())
                .put("state", view.state())
                .put("failure", view.failure().map(InterfaceJson::failure))
                .put("mode", view.mode().word())
                .put("bits_per_second", view.budget().bitsPerSecond())
                .put("packet_bytes", view.budget().packetBytes())
                .put("cost_per_megabyte", view.budget().costPerMegabyte())
                .put("airtime_share", view.budget().airtimeShare())
                .put("closed", view.closed())
                .put("tunnel", view.tunnel())
                .put("burst", view.burst())
                .put("since", Units.iso(view.sinceMillis()))
                .put("received_bytes", counters.receivedBytes())
                .put("received_packets", counters.receivedPackets())
                .put("sent_bytes", counters.sentBytes())
                .put("sent_packets", counters.sentPackets())
                .put("received_bytes_per_second", rate.map(Rates.Rate::receivedBytes))
                .put("received_packets_per_second", rate.map(Rates.Rate::receivedPackets))
                .put("sent_bytes_per_second", rate.map(Rates.Rate::sentBytes))
                .put("sent_packets_per_second", rate.map(Rates.Rate::sentPackets))
                .put("dropped_outgoing_packets", counters.droppedOutgoing())
                .put("dropped_incoming_packets", counters.droppedIncoming())
                .put("malformed_frames", counters.malformedFrames())
                .put("held_announces", view.heldAnnounces())
                .put("queued_announces", view.queuedAnnounces())
                .put("incoming_announces_per_second", view.incomingAnnouncesPerSecond())
                .put("outgoing_announces_per_second", view.outgoingAnnouncesPerSecond())
                .put("incoming_path_requests_per_second", view.incomingPathRequestsPerSecond())
                .put("outgoing_path_requests_per_second", view.outgoingPathRequestsPerSecond())
                .toMap();
    }

    public static Map<String, Object> failure(Failure failure) {
        return new Fields()
                .put("kind", failure.kind().name().toLowerCase(Locale.ROOT))
                .put("message", failure.message())
                .put("remedy", failure.remedy())
                .toMap();
    }
}
