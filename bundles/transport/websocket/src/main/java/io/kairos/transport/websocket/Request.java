package io.kairos.transport.websocket;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a visitor of the web site asks for.
 *
 * @param path begins with a slash, still with its percent signs, without what follows a question mark; empty for a request
 *     that is none
 * @param keepsAlive whether the visitor may ask for more
 */
record Request(String method, String path, boolean keepsAlive) {

    /** What is no request. */
    static final Request BAD = new Request("", "", false);

    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
    private static final Pattern AUTHORITY = Pattern.compile("^https?://[^/?#]*", Pattern.CASE_INSENSITIVE);
    private static final Pattern TARGET = Pattern.compile("/[\\x21-\\x7e]*");
    private static final Set<String> VERSIONS = Set.of("HTTP/1.1", "HTTP/1.0");

    static Optional<Request> of(HttpHead head) {
        String[] words = head.first().split(" ", -1);
        if (words.length != 3 || !METHOD.matcher(words[0]).matches() || !VERSIONS.contains(words[2])) {
            return Optional.empty();
        }
        boolean isNew = words[2].equals("HTTP/1.1");
        String target = target(words[1]);
        if (!TARGET.matcher(target).matches() || isNew && head.one("host").isEmpty()) {
            return Optional.empty();
        }
        boolean hasBody = head.has("transfer-encoding")
                || head.has("content-length") && !head.one("content-length").equals(Optional.of("0"));
        return Optional.of(
                new Request(words[0], pathOf(target), isNew && !hasBody && !head.lists("connection", "close")));
    }

    /** The path of a request, whether it is a good one or not; empty where there is none. */
    static String path(HttpHead head) {
        String[] words = head.first().split(" ", 3);
        return words.length < 2 ? "" : pathOf(target(words[1]));
    }

    private static String target(String word) {
        return AUTHORITY.matcher(word).replaceFirst("");
    }

    private static String pathOf(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    boolean isHead() {
        return method.equals("HEAD");
    }
}
