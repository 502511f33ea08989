package io.kairos.transport.tor;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How tor wants to be convinced.
 *
 * <pre>
 *  AUTH METHODS=COOKIE,SAFECOOKIE COOKIEFILE="/run/tor/control.authcookie"
 * </pre>
 *
 * @param methods names of ways
 * @param cookieFile where tor says its cookie is
 */
record ProtocolInfo(List<String> methods, Optional<String> cookieFile) {

    private static final Pattern METHODS = Pattern.compile("METHODS=([A-Z0-9,]{1,200})");
    private static final Pattern COOKIE = Pattern.compile("COOKIEFILE=\"((?:[^\"\\\\]|\\\\.){1,1024})\"");

    static ProtocolInfo of(ControlReply reply) {
        String line = reply.after("AUTH ").orElse("");
        Matcher methods = METHODS.matcher(line);
        Matcher cookie = COOKIE.matcher(line);
        return new ProtocolInfo(
                methods.find() ? List.of(methods.group(1).split(",")) : List.of(),
                cookie.find() ? Optional.of(cookie.group(1).replaceAll("\\\\(.)", "$1")) : Optional.empty());
    }
}
