package io.kairos.transport.rnode;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.transport.rnode.AirtimeBudget.Sent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * How the airtime of the last hour is written down.
 *
 * <pre>
 *  document  rnode/&lt;SHA-256 of the interface's name&gt;      text, a line for each stretch of sending:
 *            &lt;radio&gt; &lt;its latest moment, ms since 1970&gt; &lt;time on air, ms, rounded up&gt;      for example  0 1767225600000 1432
 * </pre>
 *
 * <p>What lies in the future (the clock was set back, or it was set aside for a minute that has not passed) counts as sent at
 * the moment of reading. Pure.
 */
final class AirtimeText {

    private static final long NANOS = 1_000_000;
    private static final int MOST_BYTES = 65_536;
    private static final int MOST_LINES = 2_048;
    private static final String FOLDER = "rnode/";

    private final long now;
    private final long wallMillis;
    private final StringBuilder text = new StringBuilder();

    /** Moments are told by a monotonic clock and written by that of the wall, which may be wrong and set later. */
    AirtimeText(long now, long wallMillis) {
        this.now = now;
        this.wallMillis = wallMillis;
    }

    static String document(String interfaceName) {
        try {
            byte[] name = interfaceName.getBytes(StandardCharsets.UTF_8);
            return FOLDER
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(name));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    void add(int radio, Sent sent) {
        long moment = wallMillis + millis(sent.endNanos() - now);
        text.append(radio)
                .append(' ')
                .append(moment)
                .append(' ')
                .append(millis(sent.airNanos()))
                .append('\n');
    }

    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * What still counts, by radio.
     *
     * @throws MeshException of kind {@code STORAGE} where it is no such text
     */
    static Map<Integer, List<Sent>> read(byte[] kept, long now, long wallMillis) {
        Map<Integer, List<Sent>> all = new HashMap<>();
        if (kept.length > MOST_BYTES) {
            throw damaged();
        }
        List<String> lines = new String(kept, StandardCharsets.US_ASCII)
                .lines()
                .limit(MOST_LINES)
                .toList();
        for (String line : lines) {
            if (!line.matches("\\d{1,3} \\d{1,15} \\d{1,8}")) {
                throw damaged();
            }
            String[] words = line.split(" ");
            long age = Math.max(0, wallMillis - Long.parseLong(words[1]));
            if (age < 2 * Budgets.HOUR.toMillis()) {
                all.computeIfAbsent(Integer.parseInt(words[0]), radio -> new ArrayList<>())
                        .add(new Sent(now - age * NANOS, Long.parseLong(words[2]) * NANOS));
            }
        }
        return all;
    }

    private static long millis(long nanos) {
        return Math.floorDiv(nanos + NANOS - 1, NANOS);
    }

    private static MeshException damaged() {
        return new MeshException(
                Failure.Kind.STORAGE,
                "The account of the last hour's airtime is damaged",
                "Wait an hour: then it is written anew.");
    }
}
