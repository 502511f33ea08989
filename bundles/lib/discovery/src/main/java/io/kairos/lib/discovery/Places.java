package io.kairos.lib.discovery;

import java.util.Locale;
import java.util.regex.Pattern;

/** Says what the text of an address is; nothing is looked up. */
public final class Places {

    private static final int LONGEST_NAME = 253;
    private static final Pattern LABEL = Pattern.compile("(?!-)[a-z0-9-]{1,63}(?<!-)");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
    private static final int GROUPS = 8;

    private Places() {}

    /** Whether it is an IPv4 or IPv6 address without zone. */
    public static boolean isIpAddress(String text) {
        return isIpv4(text) || isIpv6(text);
    }

    /** Whether it is an IPv6 address in 200::/7, which only Yggdrasil reaches. */
    public static boolean isYggdrasil(String text) {
        if (!isIpv6(text) || text.startsWith(":")) {
            return false;
        }
        int first = Integer.parseInt(text.substring(0, text.indexOf(':')), 16);
        return first >> 9 == 1;
    }

    /** Whether it may be the name of a host; its last part is no number. */
    public static boolean isHostname(String text) {
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return false;
        }
        String[] labels = name.toLowerCase(Locale.ROOT).split("\\.", -1);
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return !DIGITS.matcher(labels[labels.length - 1]).matches();
    }

    private static boolean isIpv4(String text) {
        String[] octets = text.split("\\.", -1);
        if (octets.length != 4) {
            return false;
        }
        for (String octet : octets) {
            if (!OCTET.matcher(octet).matches() || Integer.parseInt(octet) > 255) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIpv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text) == GROUPS;
        }
        int before = groups(text.substring(0, gap));
        int after = groups(text.substring(gap + 2));
        return before >= 0 && after >= 0 && before + after < GROUPS;
    }

    /** How many groups; -1 where it is none. The last may be an IPv4 address, which is two. */
    private static int groups(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] parts = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1 && isIpv4(parts[i])) {
                count += 2;
            } else if (GROUP.matcher(parts[i]).matches()) {
                count++;
            } else {
                return -1;
            }
        }
        return count;
    }
}
