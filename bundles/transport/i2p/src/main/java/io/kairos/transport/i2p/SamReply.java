package io.kairos.transport.i2p;

import io.kairos.api.failure.MalformedException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One line of a SAM bridge: two words, then {@code KEY=VALUE} pairs; values with blanks stand in quotation marks.
 *
 * <pre>
 *  SESSION STATUS RESULT=I2P_ERROR MESSAGE="no tunnels"
 * </pre>
 *
 * @param topic the two words, {@code SESSION STATUS}
 */
record SamReply(String topic, Map<String, String> values) {

    private static final int MOST_PAIRS = 32;

    SamReply {
        values = Map.copyOf(values);
    }

    /** @throws MalformedException where the line is none */
    static SamReply parse(String line) {
        int first = line.indexOf(' ');
        int second = first < 0 ? -1 : line.indexOf(' ', first + 1);
        String topic = second < 0 ? line : line.substring(0, second);
        if (first <= 0 || topic.indexOf('=') >= 0 || topic.endsWith(" ")) {
            throw new MalformedException("no reply of a SAM bridge");
        }
        return new SamReply(topic, second < 0 ? Map.of() : new Pairs(line, second).read());
    }

    /** What the bridge says about the outcome; {@code NONE} where it does not. */
    String result() {
        return values.getOrDefault("RESULT", "NONE");
    }

    boolean isOk() {
        return result().equals("OK");
    }

    Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Without values: some are keys. */
    @Override
    public String toString() {
        return topic + " RESULT=" + result();
    }

    /** Reads pairs from a line. */
    private static final class Pairs {

        private final String line;
        private int at;

        Pairs(String line, int at) {
            this.line = line;
            this.at = at;
        }

        Map<String, String> read() {
            Map<String, String> pairs = new HashMap<>();
            for (skipBlanks(); at < line.length(); skipBlanks()) {
                if (pairs.size() == MOST_PAIRS) {
                    throw new MalformedException("more than %d values".formatted(MOST_PAIRS));
                }
                int end = at;
                while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '=') {
                    end++;
                }
                String key = line.substring(at, end);
                at = end;
                pairs.putIfAbsent(key, at < line.length() && line.charAt(at) == '=' ? value() : "");
            }
            return pairs;
        }

        private void skipBlanks() {
            while (at < line.length() && line.charAt(at) == ' ') {
                at++;
            }
        }

        private String value() {
            at++;
            boolean isQuoted = at < line.length() && line.charAt(at) == '"';
            if (isQuoted) {
                at++;
            }
            char end = isQuoted ? '"' : ' ';
            StringBuilder value = new StringBuilder();
            while (at < line.length() && line.charAt(at) != end) {
                if (isQuoted && line.charAt(at) == '\\' && at + 1 < line.length()) {
                    at++;
                }
                value.append(line.charAt(at++));
            }
            at++;
            return value.toString();
        }
    }
}
