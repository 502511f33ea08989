package io.kairos.admin.shell.identity;

/** Signatures as text in lines of 64 characters, as rnid shows them. */
final class Armour {

    private static final int WIDTH = 64;
    private static final String START = "#### Start of rsg data ";
    private static final String END = " End of rsg data ####";

    private Armour() {}

    static String wrap(String text) {
        StringBuilder out = new StringBuilder();
        out.append(START).append("#".repeat(WIDTH - START.length())).append('\n');
        for (int from = 0; from < text.length(); from += WIDTH) {
            String line = text.substring(from, Math.min(text.length(), from + WIDTH));
            out.append(line).append("=".repeat(WIDTH - line.length())).append('\n');
        }
        return out.append("#".repeat(WIDTH - END.length()))
                .append(END)
                .append('\n')
                .toString();
    }
}
