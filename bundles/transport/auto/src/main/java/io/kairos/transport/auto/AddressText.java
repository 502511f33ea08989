package io.kairos.transport.auto;

import java.net.Inet6Address;

/**
 * IPv6 addresses as text, the way RFC 5952 prescribes: lower case, no leading zeros, the longest run of zero groups
 * shortened. Neighbours hash this text, so another spelling of the same address would make a node invisible.
 */
final class AddressText {

    private static final int GROUPS = 8;

    private AddressText() {}

    /** The text of 16 bytes. */
    static String of(byte[] address) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (address[2 * i] & 255) << 8 | address[2 * i + 1] & 255;
        }
        int start = -1;
        int length = 1; // a single zero group is not shortened
        for (int i = 0; i < GROUPS; i++) {
            int run = 0;
            while (i + run < GROUPS && groups[i + run] == 0) {
                run++;
            }
            if (run > length) {
                start = i;
                length = run;
            }
            i += run;
        }
        return start < 0
                ? join(groups, 0, GROUPS)
                : join(groups, 0, start) + "::" + join(groups, start + length, GROUPS);
    }

    /** The text of a link-local address without its scope, also where a system has written the scope into the address. */
    static String ofLinkLocal(Inet6Address address) {
        byte[] bytes = address.getAddress();
        bytes[2] = 0;
        bytes[3] = 0;
        return of(bytes);
    }

    private static String join(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i > from ? ":" : "").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
