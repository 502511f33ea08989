package io.kairos.transport.satellite;

import io.kairos.lib.medium.Checks;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Addresses from which a gateway may connect.
 *
 * @param network the first of them
 * @param bits how many bits all of them share with it
 */
record SourceRange(InetAddress network, int bits) {

    private static final int MOST = 64;
    private static final String EXAMPLE =
            "The provider names the addresses of its gateway; write for example gateway.addresses = 198.51.100.0/24.";

    private static final Pattern DOTTED =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)");
    private static final Pattern COLONS = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,3}");

    boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            if (((mine[bit / 8] ^ other[bit / 8]) >> 7 - bit % 8 & 1) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Reads ranges such as {@code 198.51.100.0/24} or {@code 2001:db8::1}, separated by commas or one by one. */
    static List<SourceRange> parse(String... given) {
        List<SourceRange> ranges = new ArrayList<>();
        for (String entry : (given == null ? "" : String.join(",", given)).split(",", MOST + 1)) {
            if (!entry.isBlank()) {
                ranges.add(one(entry.strip()));
            }
        }
        if (ranges.isEmpty() || ranges.size() > MOST) {
            throw Checks.refuse("gateway.addresses has no entry, or more than " + MOST, EXAMPLE);
        }
        return List.copyOf(ranges);
    }

    private static SourceRange one(String entry) {
        String[] parts = entry.split("/", 2);
        // names are refused: looking one up would let whoever answers open the door
        if (DOTTED.matcher(parts[0]).matches() || COLONS.matcher(parts[0]).matches()) {
            try {
                InetAddress network = InetAddress.getByName(parts[0]);
                int most = 8 * network.getAddress().length;
                int bits = parts.length == 1 ? most : length(parts[1]);
                if (bits >= 0 && bits <= most) {
                    return new SourceRange(network, bits);
                }
            } catch (UnknownHostException e) {
                throw wrong(entry);
            }
        }
        throw wrong(entry);
    }

    private static int length(String text) {
        return LENGTH.matcher(text).matches() ? Integer.parseInt(text) : -1;
    }

    private static RuntimeException wrong(String entry) {
        return Checks.refuse("gateway.addresses: " + entry + " is no address and no range of addresses", EXAMPLE);
    }
}
