package io.kairos.lib.discovery;

/** Names of interfaces, made fit for sending and for showing. */
public final class Names {

    private Names() {}

    /** One's own name as it is sent: one line without blanks around it. */
    public static String sent(String name) {
        return name.replace("\n", "").replace("\r", "").strip();
    }

    /**
     * A name from outside as it is shown: ASCII, single blanks, begins with a letter or digit and ends with one or with a
     * closing bracket. May be empty.
     */
    public static String shown(String name) {
        String plain = name.replaceAll("[^\\x00-\\x7f]", "").strip();
        for (String run : new String[] {"     ", "   ", "  "}) { // exactly as others do it: the name enters a hash
            plain = plain.replace(run, " ");
        }
        int from = 0;
        while (from < plain.length() && !isAlphanumeric(plain.charAt(from))) {
            from++;
        }
        int to = plain.length();
        while (to > from && !isAlphanumeric(plain.charAt(to - 1)) && plain.charAt(to - 1) != ')') {
            to--;
        }
        return plain.substring(from, to);
    }

    private static boolean isAlphanumeric(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
