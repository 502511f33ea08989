package io.kairos.test.container.peer;

import io.kairos.api.link.Link;
import io.kairos.api.packet.DestinationHash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads one order in each line and answers with one line: {@code ok …} or {@code failed …}.
 *
 * <pre>
 *  announce        announces the own destination; answers with its address
 *  connect HASH    opens a link, in place of the one before
 *  ask PATH        from now on asks PATH every 100 ms over the link
 *  asked           how many questions were sent, answered and lost, and the longest time to an answer
 *  halt            asks no more, waits for the answers that are under way, then as asked
 * </pre>
 */
public final class PeerProgram {

    private static final int CONNECT_SECONDS = 20;

    private final PeerNode node;
    private Link link;
    private Questions questions;

    private PeerProgram(PeerNode node) {
        this.node = node;
    }

    /** Arguments: the UDP port to listen on, the UDP port of the neighbour. Ends with its input. */
    public static void main(String[] arguments) throws IOException {
        PeerProgram program = new PeerProgram(new PeerNode(
                Integer.parseInt(arguments[0]),
                Integer.parseInt(arguments[1]),
                Files.createTempDirectory("kairos-peer")));
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
                        case "connect" ->
                            connect(DestinationHash.of(HexFormat.of().parseHex(words[1])));
                        case "ask" -> ask(words[1]);
                        case "asked" -> questions.toString();
                        case "halt" -> questions.halt();
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
}
