package io.kairos.transport.yggdrasil;

import io.kairos.lib.medium.Checks;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A peer that is called.
 *
 * @param address in 200::/7
 */
record PeerAddress(Inet6Address address, int port) {

    private static final Pattern BRACKETS = Pattern.compile("\\[([0-9A-Fa-f:]+)](?::(\\d{1,5}))?");
    private static final int MOST = 64;

    /** @param usualPort the port of entries without one */
    static List<PeerAddress> all(String[] given, int usualPort) {
        LinkedHashSet<PeerAddress> peers = new LinkedHashSet<>();
        for (String entry : given == null ? new String[0] : given) {
            if (!entry.isBlank()) {
                peers.add(of(entry.strip(), usualPort));
            }
        }
        if (peers.size() > MOST) {
            throw Checks.refuse(
                    "peers has more than %d entries".formatted(MOST), "Make a second interface for the rest.");
        }
        return List.copyOf(new ArrayList<>(peers));
    }

    private static PeerAddress of(String entry, int usualPort) {
        Matcher brackets = BRACKETS.matcher(entry);
        boolean isInBrackets = brackets.matches();
        Optional<Inet6Address> address = YggdrasilAddresses.parse(isInBrackets ? brackets.group(1) : entry);
        String port = isInBrackets ? brackets.group(2) : null;
        if (address.isEmpty()) {
            throw Checks.refuse(
                    "peers has an entry that is no Yggdrasil address",
                    "Write addresses that begin with 2 or 3, such as 202:d50d::1 or [202:d50d::1]:4242.");
        }
        return new PeerAddress(
                address.get(),
                port == null ? usualPort : Checks.between("port of peers", Integer.parseInt(port), 1, 65_535, 4_242));
    }

    String text() {
        return "[" + address.getHostAddress() + "]:" + port;
    }
}
