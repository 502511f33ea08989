package io.kairos.test.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a replacement may cost at most, by group of bundles. Times are measured and not judged. */
final class Promise {

    private final Swap swap;
    private final List<String> broken = new ArrayList<>();

    private Promise(Swap swap) {
        this.swap = swap;
    }

    /** What was promised and not kept, in words; empty where all is well. */
    static List<String> broken(Swap swap) {
        Promise promise = new Promise(swap);
        switch (swap.group()) {
            case "api", "lib" -> promise.onlyUsersRestart();
            case "transport" -> promise.otherInterfacesLoseNothing();
            case "core" -> promise.whatPassesThroughGoesOn();
            default -> promise.nothingIsLost();
        }
        if (swap.expected().isEmpty()) {
            promise.noOtherBundleRestarts();
        }
        return promise.broken;
    }

    private void onlyUsersRestart() {
        if (!swap.restarted().equals(swap.expected())) {
            fail("restarted " + swap.restarted() + " instead of " + swap.expected());
        }
        if (swap.expected().isEmpty()) {
            nothingIsLost();
        }
    }

    private void otherInterfacesLoseNothing() {
        for (String flow : List.of(Neighbours.UDP, Neighbours.TCP)) {
            if (!swap.bundle().endsWith("." + flow)) {
                losesNothing(flow);
            }
        }
        if (!Set.of("transport/udp", "transport/tcp").contains(swap.shortName())) {
            nothingIsLost();
        }
        noPartOfOthersIsRenewed();
    }

    /** The router and the endpoints are away for a moment; of the others nobody takes notice. */
    private void whatPassesThroughGoesOn() {
        switch (swap.shortName()) {
            case "core/router" -> {
                if (swap.ownLinksLost() + swap.transitLinksLost() > 0) {
                    fail("links were lost");
                }
                transfersAndConnectionsGoOn();
            }
            case "core/link" -> {
                losesNothing(Neighbours.TRANSIT);
                transfersAndConnectionsGoOn();
            }
            default -> nothingIsLost();
        }
    }

    private void transfersAndConnectionsGoOn() {
        if (swap.transferBroken()) {
            fail("a transfer through the node broke: " + swap.transfers());
        }
        if (!swap.sameConnection()) {
            fail("the TCP connection was made anew");
        }
    }

    private void nothingIsLost() {
        swap.flows().keySet().forEach(this::losesNothing);
        transfersAndConnectionsGoOn();
    }

    private void losesNothing(String flow) {
        Neighbours.Count count = swap.flows().get(flow);
        if (count.lost() > 0) {
            fail("the flow " + flow + " lost " + count.lost() + " of " + count.sent());
        }
        if (count.links() > 0) {
            fail("the flow " + flow + " lost its link");
        }
    }

    private void noOtherBundleRestarts() {
        if (!swap.restarted().isEmpty()) {
            fail("restarted " + swap.restarted());
        }
    }

    private void noPartOfOthersIsRenewed() {
        if (!swap.renewed().isEmpty()) {
            fail("others gave up " + swap.renewed());
        }
    }

    private void fail(String what) {
        broken.add(swap.shortName() + ": " + what);
    }
}
