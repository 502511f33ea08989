package io.kairos.core.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.routing.PathTable;
import io.kairos.api.transport.LinkBudget;
import io.kairos.core.router.path.Path;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.test.kit.Vectors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Announces on their way through one node, recorded from the reference implementation (RNS 1.4.2). */
class PropagationVectors {

    private static final DestinationHash OTHER = new DestinationHash(0x0123456789abcdefL, 1);
    private static final DestinationHash THIRD = new DestinationHash(0x0123456789abcdefL, 2);

    private final TestNode.Keys alice = new TestNode.Keys("alice");

    private byte[] announce(String name) {
        return TestNode.announce(alice, name, new byte[0], 1_767_225_600L, false);
    }

    @Test
    void anAnnounceIsSentTwiceOnEveryInterface() {
        VectorNode node = new VectorNode("a", "b");
        List<JsonNode> steps = Vectors.cases(VectorNode.FILE, "announce_propagation");
        byte[] raw = VectorNode.hex(steps.get(0).get("in").get("a").asText());
        DestinationHash destination = PacketBytes.destination(raw, 0);
        double at = 0;
        for (JsonNode step : steps) {
            double offset = step.get("at_offset").asDouble();
            if (step.has("in")) {
                node.feed(step.get("in"));
            } else {
                node.advance(offset - at);
            }
            at = offset;
            assertEquals(VectorNode.expected(step.get("out")), node.drain(), Vectors.text(step, "note"));
        }
        JsonNode entry = steps.get(0).get("path_entry");
        Path path = node.node.core.parts().paths().usable(destination);
        assertEquals(VectorNode.hash(entry, "next_hop"), path.inUse().next());
        assertEquals(entry.get("hops").asInt(), path.inUse().hops());
        assertEquals(
                entry.get("expires_in").asDouble(),
                (path.inUse().expires() - path.inUse().heard()) / 1000.0);
        assertEquals(false, node.node.core.parts().repeats().contains(destination));
    }

    @Test
    void othersWhoRepeatAnAnnounceSilenceThisNode() {
        List<JsonNode> rows = Vectors.cases(VectorNode.FILE, "announce_suppression");
        VectorNode node = new VectorNode("a", "b");
        byte[] raw = announce("kairos.svc2");
        DestinationHash destination = PacketBytes.destination(raw, 0);
        node.on("a").receive(raw);
        node.advance(0.6);
        node.on("b").receive(TestNode.relayed(raw, 1, OTHER));
        assertEquals(
                rows.get(0).get("entry_present").asBoolean(),
                node.node.core.parts().repeats().contains(destination));
        node.on("b").receive(TestNode.relayed(raw, 1, THIRD));
        assertEquals(
                rows.get(1).get("entry_present").asBoolean(),
                node.node.core.parts().repeats().contains(destination));

        byte[] next = announce("kairos.svc3");
        node.on("a").receive(next);
        node.advance(0.6);
        node.on("b").receive(TestNode.relayed(next, 2, OTHER));
        assertEquals(
                rows.get(2).get("entry_present").asBoolean(),
                node.node.core.parts().repeats().contains(PacketBytes.destination(next, 0)));
    }

    @Test
    void pathResponsesAreNotRepeated() {
        JsonNode row = VectorNode.FILE.get("path_response_received");
        VectorNode node = new VectorNode("a", "b");
        node.feed(row.get("in"));
        node.advance(1);
        DestinationHash destination =
                PacketBytes.destination(VectorNode.hex(row.get("in").get("a").asText()), 0);
        assertEquals(
                row.get("path_known").asBoolean(),
                node.node.core.packetRouter().nextHop(destination).isPresent());
        assertEquals(VectorNode.expected(row.get("out")), node.drain());
    }

    @Test
    void modesDecideWhereAnAnnounceGoes() {
        JsonNode rules = VectorNode.FILE.get("announce_mode_rules");
        int count = 0;
        for (JsonNode row : Vectors.cases(rules, "matrix")) {
            VectorNode node = new VectorNode("a", "b");
            node.on("a").policy("mode", mode(row, "next_hop_interface_mode_text"));
            node.on("b").policy("mode", mode(row, "outgoing_mode_text"));
            byte[] raw = announce("kairos.m" + count++);
            node.on("a").receive(TestNode.relayed(raw, 1, OTHER));
            Path path = node.node.core.parts().paths().usable(PacketBytes.destination(raw, 0));
            double lifetime = (path.inUse().expires() - path.inUse().heard()) / 1000.0;
            node.advance(0.6);
            assertEquals(
                    row.get("announce_sent").asBoolean(), !node.on("b").drain().isEmpty(), row.toString());
            assertEquals(row.get("path_lifetime").asDouble(), lifetime, row.toString());
        }
        assertEquals(49, count);
    }

    @Test
    void ownAnnouncesGoEverywhereButToAccessPoints() {
        for (JsonNode row : Vectors.cases(VectorNode.FILE.get("announce_mode_rules"), "local_destinations")) {
            VectorNode node = new VectorNode("b");
            node.on("b").policy("mode", mode(row, "outgoing_mode_text"));
            TestNode.Destination destination = node.node.destination("kairos.local");
            boolean sent = destination.announce() > 0;
            assertEquals(row.get("announce_sent").asBoolean(), sent, row.toString());
            assertEquals(sent, !node.on("b").drain().isEmpty(), row.toString());
            destination.pathRequested(node.port("b"), new byte[1]);
            assertEquals(
                    row.get("sent_when_attached_to_this_interface").asBoolean(),
                    !node.on("b").drain().isEmpty(),
                    row.toString());
        }
    }

    @Test
    void optionsOfInternalInterfacesAreRespected() {
        List<JsonNode> rows = Vectors.cases(VectorNode.FILE.get("announce_mode_rules"), "options");
        List<String[]> settings = List.of(
                new String[] {"internal", "true", "full", "false"},
                new String[] {"internal", "true", "full", "true"},
                new String[] {"boundary", "true", "internal", "true"},
                new String[] {"boundary", "false", "internal", "true"},
                new String[] {"full", "false", "internal", "true"});
        assertEquals(settings.size(), rows.size());
        for (int i = 0; i < rows.size(); i++) {
            String[] setting = settings.get(i);
            VectorNode node = new VectorNode("a", "b");
            node.on("a").policy("mode", setting[0], "announces.to.internal", setting[1]);
            node.on("b").policy("mode", setting[2], "announces.from.internal", setting[3]);
            node.on("a").receive(TestNode.relayed(announce("kairos.o" + i), 1, OTHER));
            node.advance(0.6);
            assertEquals(
                    rows.get(i).get("announce_sent").asBoolean(),
                    !node.on("b").drain().isEmpty(),
                    Vectors.text(rows.get(i), "note"));
        }
    }

    @Test
    void destinationsThatAnnounceTooOftenAreNotRepeated() {
        for (JsonNode scenario : Vectors.cases(VectorNode.FILE, "announce_rate")) {
            VectorNode node = new VectorNode("a", "b");
            node.on("a")
                    .policy(
                            "ingress.control", "false",
                            "announce.rate.target.seconds",
                                    scenario.get("target").asText(),
                            "announce.rate.grace", scenario.get("grace").asText(),
                            "announce.rate.penalty.seconds",
                                    scenario.get("penalty").asText());
            long base = node.clock.wallMillis();
            for (JsonNode row : Vectors.cases(scenario, "announces")) {
                long at = row.get("at").asLong();
                node.clock.advance(java.time.Duration.ofMillis(base + at * 1000 - node.clock.wallMillis()));
                node.node.core.parts().repeats().clear();
                byte[] raw = TestNode.announce(alice, "kairos.rate", new byte[0], 1_800_000_000L + at, false);
                node.on("a").receive(TestNode.relayed(raw, 1, OTHER));
                DestinationHash destination = PacketBytes.destination(raw, 0);
                String where = scenario.get("note").asText() + " " + row;
                PathTable.RateView rate = node.node.core.pathTable().rates().get(0);
                Path path = node.node.core.parts().paths().usable(destination);
                assertEquals(
                        row.get("queued_for_rebroadcast").asBoolean(),
                        node.node.core.parts().repeats().contains(destination),
                        where);
                assertEquals(row.get("path_updated").asBoolean(), path.inUse().heard() == base + at * 1000, where);
                assertEquals(row.get("violations").asInt(), rate.violations(), where);
                assertEquals(row.get("last").asDouble(), (rate.lastMillis() - base) / 1000.0, where);
                double blocked = rate.blockedUntilMillis() == 0 ? 0 : (rate.blockedUntilMillis() - base) / 1000.0;
                assertEquals(row.get("blocked_until").asDouble(), blocked, where);
            }
        }
    }

    @Test
    void announcesBeyondTheirShareWaitNearestFirst() {
        JsonNode scenario = VectorNode.FILE.get("announce_queue");
        VectorNode node = new VectorNode("a", "b");
        node.on("b").budget(LinkBudget.plain(1200, 0));
        int[] hops = {1, 5, 3, 2, 3};
        List<DestinationHash> destinations = new ArrayList<>();
        for (int i = 0; i < hops.length; i++) {
            byte[] raw = announce("kairos.q" + i);
            destinations.add(PacketBytes.destination(raw, 0));
            node.on("a").receive(TestNode.relayed(raw, hops[i], OTHER));
        }
        // all at once, as the recording did: the tables' timer must not come between
        node.node.core.stopTimer();
        node.clock.advance(java.time.Duration.ofMillis(600));
        node.node.core.runJobs();
        List<byte[]> first = node.on("b").drain();
        assertEquals(1, first.size());
        assertEquals(2, PacketBytes.hops(first.get(0), 0));
        assertEquals(183, first.get(0).length);
        assertEquals(
                Vectors.cases(scenario, "queued").size(), node.port("b").pacer().size());
        double wait = node.port("b").pacer().waitNanos(node.clock.nanos()) / 1e9;
        assertEquals(scenario.get("next_allowed_in").asDouble(), wait, 1e-6);

        List<Integer> released = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            node.clock.advance(java.time.Duration.ofSeconds(60));
            assertTrue(node.on("b").drain().isEmpty(), "not before its time");
            node.clock.advance(java.time.Duration.ofSeconds(1));
            List<byte[]> one = node.on("b").drain();
            assertEquals(1, one.size());
            released.add(PacketBytes.hops(one.get(0), 0));
        }
        List<Integer> expected = new ArrayList<>();
        Vectors.cases(scenario, "released")
                .forEach(row -> expected.add(row.get("hops").asInt()));
        assertEquals(expected, released);
    }

    @Test
    void burstsOfUnknownDestinationsAreHeldAndReleasedSlowly() {
        for (JsonNode scenario : Vectors.cases(VectorNode.FILE, "ingress_limiting")) {
            VectorNode node = new VectorNode("x");
            node.node.core.stopTimer();
            TestInterface a = node.node.open("a");
            node.interfaces.put("a", a);
            String note = Vectors.text(scenario, "note");
            node.clock.advance(
                    java.time.Duration.ofSeconds(scenario.get("interface_age").asLong()));
            long base = node.clock.nanos();
            int count = 0;
            for (JsonNode row : Vectors.cases(scenario, "announces")) {
                advanceTo(node, base, row.get("at").asDouble());
                byte[] raw = announce("kairos.in" + count++);
                a.receive(TestNode.relayed(raw, 1, OTHER));
                DestinationHash destination = PacketBytes.destination(raw, 0);
                boolean processed =
                        node.node.core.packetRouter().nextHop(destination).isPresent();
                assertEquals(row.get("processed").asBoolean(), processed, note + row);
                assertEquals(
                        row.get("burst_active").asBoolean(),
                        node.port("a").announceGuard().isActive(),
                        note + row);
            }
            for (JsonNode row : Vectors.cases(scenario, "afterwards")) {
                advanceTo(node, base, row.get("at").asDouble());
                node.node.core.parts().desk().review(node.port("a"));
                assertEquals(
                        row.get("held_count").asInt(), node.port("a").held().size(), note + row);
                assertEquals(
                        row.get("burst_active").asBoolean(),
                        node.port("a").announceGuard().isActive(),
                        note + row);
            }
        }
    }

    private static void advanceTo(VectorNode node, long base, double at) {
        long target = base + Math.round(at * 1e9);
        node.clock.advance(java.time.Duration.ofNanos(target - node.clock.nanos()));
    }

    private static String mode(JsonNode row, String field) {
        String text = row.get(field).asText();
        return text.equals("point_to_point") ? "pointtopoint" : text;
    }
}
