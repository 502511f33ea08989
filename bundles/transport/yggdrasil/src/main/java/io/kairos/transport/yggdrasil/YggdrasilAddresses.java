package io.kairos.transport.yggdrasil;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses in 200::/7, which only Yggdrasil carries. Never looks up a name. */
final class YggdrasilAddresses {

    private static final Pattern LITERAL = Pattern.compile("[0-9A-Fa-f:]{2,39}");

    private YggdrasilAddresses() {}

    /** Reads an address as text; empty for everything else. */
    static Optional<Inet6Address> parse(String text) {
        if (!LITERAL.matcher(text).matches() || text.indexOf(':') < 0) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.getByName(text); // a literal, by its characters
            return contains(address) ? Optional.of((Inet6Address) address) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    static boolean contains(InetAddress address) {
        return address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0x02;
    }
}
