package io.kairos.test.container.peer;

import io.kairos.api.link.Link;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.MeshInterface;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;

/**
 * Reads one order in each line and answers with one line: {@code ok …} or {@code failed …}.
 *
 * <pre>
 *  announce        announces the own destination; answers with its address
 *  connect HASH    opens a link, in place of the one before
 *  ask PATH        from now on asks PATH every 100 ms over the link
 *  asked           how many questions were sent, answered and lost, and the longest time to an answer
 *  halt            asks no more, waits for the answers that are under way, then as asked
 *
 *  flow NAME HASH  from now on asks the echo at HASH every 50 ms, over a new link where the last one has closed
 *  mark            begins to count anew, in all flows
 *  hold            makes no link anew for now, in all flows
 *  resume          does again
 *  count NAME      what was counted in a flow until now, without what is still under way
 *  explain NAME    how the link of a flow is, for people
 *  settle NAME     waits for what is under way; what was counted in a flow since the mark
 *  send HASH BYTES sends resources of so many random bytes one after the other, over a link of their own
 *  sent            sends no further one, waits for the one under way; how many arrived and how many did not
 *  connections     names of the connections of a server
 * </pre>
 */
public final class PeerProgram {

    private static final int CONNECT_SECONDS = 20;

    private final PeerNode node;
    private final Map<String, Flow> flows = new TreeMap<>();
    private final Map<DestinationHash, Transfers> transfers = new HashMap<>();
    private Link link;
    private Questions questions;
    private Transfers sending;

    private PeerProgram(PeerNode node) {
        this.node = node;
    }

    /**
     * Ends with its input.
     *
     * @param arguments {@code udp}, the port to listen on and the port of the neighbour, or {@code tcp} and the port to
     *     listen on
     */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[1]);
        BiFunction<Clock, Timers, MeshInterface> medium = switch (arguments[0]) {
            case "udp" -> (clock, timers) -> PeerNode.udp(port, Integer.parseInt(arguments[2]), clock, timers);
            case "tcp" -> (clock, timers) -> PeerNode.tcp(port, clock, timers);
            default -> throw new IllegalArgumentException("unknown medium " + arguments[0]);
        };
        PeerProgram program = new PeerProgram(new PeerNode(medium, Files.createTempDirectory("kairos-peer")));
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            System.out.println(program.obey(order));
        }
        System.exit(0); // some threads of the node would go on
    }

    private String obey(String order) {
        String[] words = order.split(" ");
        try {
            return "ok "
                    + switch (words[0]) {
                        case "announce" -> announce();
                        case "connect" -> connect(DestinationHash.parse(words[1]));
                        case "ask" -> ask(words[1]);
                        case "asked" -> questions.toString();
                        case "halt" -> questions.halt();
                        case "flow" -> flow(words[1], DestinationHash.parse(words[2]));
                        case "mark" -> mark();
                        case "hold" -> hold(true);
                        case "resume" -> hold(false);
                        case "count" -> flows.get(words[1]).count();
                        case "explain" -> flows.get(words[1]).explain();
                        case "settle" -> flows.get(words[1]).settle();
                        case "send" -> send(DestinationHash.parse(words[1]), Integer.parseInt(words[2]));
                        case "sent" -> sending.end();
                        case "connections" -> node.connections();
                        default -> throw new IllegalArgumentException("unknown order " + order);
                    };
        } catch (ExecutionException | TimeoutException | InterruptedException | RuntimeException e) {
            return "failed " + e;
        }
    }

    private String announce() {
        node.destination().announce(Optional.empty());
        return HexFormat.of().formatHex(node.destination().address().toBytes());
    }

    private String connect(DestinationHash to) throws ExecutionException, TimeoutException, InterruptedException {
        link = node.endpoints().connect(to).toCompletableFuture().get(CONNECT_SECONDS, TimeUnit.SECONDS);
        return link.state().toString();
    }

    private String ask(String path) {
        questions = new Questions(link, path);
        return path;
    }

    private String flow(String name, DestinationHash to) {
        flows.put(name, new Flow(node.endpoints(), to));
        return name;
    }

    private String mark() {
        flows.values().forEach(Flow::mark);
        return "marked";
    }

    private String hold(boolean wanted) {
        flows.values().forEach(flow -> flow.hold(wanted));
        return "done";
    }

    private String send(DestinationHash to, int bytes) {
        sending = transfers.computeIfAbsent(to, hash -> new Transfers(node.endpoints(), hash));
        sending.begin(bytes);
        return "sending";
    }
}
