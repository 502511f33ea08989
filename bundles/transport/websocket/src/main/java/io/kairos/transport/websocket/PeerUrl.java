package io.kairos.transport.websocket;

import io.kairos.lib.medium.Checks;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a client calls. Prints nothing useful.
 *
 * @param host a name in ASCII, or an address without brackets
 */
record PeerUrl(boolean isSecure, String host, int port, SecretPath path) {

    private static final String KEY = "peer.url";
    private static final String REMEDY = "Write wss://HOST/PATH with the secret.path of the server.";
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+(%[A-Za-z0-9]+)?");
    private static final Pattern THIS_MACHINE = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1");
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    /** @throws io.kairos.api.failure.MeshException that names what is wrong */
    static PeerUrl of(String given) {
        if (given == null || given.isBlank()) {
            throw Checks.refuse(KEY + " is missing", REMEDY);
        }
        URI uri = uri(given.strip());
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean isSecure = scheme.equals("wss");
        if (!isSecure && !scheme.equals("ws")) {
            throw Checks.refuse(KEY + " begins with neither wss:// nor ws://", REMEDY);
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
            throw Checks.refuse(KEY + " has more than host, port and path", REMEDY);
        }
        String host = host(uri);
        if (!isSecure && !THIS_MACHINE.matcher(host).matches()) {
            throw Checks.refuse(KEY + " would show the secret path to the network", "Write wss:// instead of ws://.");
        }
        int port = uri.getPort() < 0 ? isSecure ? HTTPS : HTTP : uri.getPort();
        return new PeerUrl(
                isSecure,
                host,
                Checks.between("port of " + KEY, port, 1, 65_535, HTTPS),
                SecretPath.of(KEY, uri.getRawPath()));
    }

    private static URI uri(String given) {
        try {
            return new URI(given);
        } catch (URISyntaxException e) {
            throw Checks.refuse(KEY + " is no URL", REMEDY); // what is wrong with it would show the path
        }
    }

    private static String host(URI uri) {
        String authority = uri.getRawAuthority();
        if (authority == null) {
            throw Checks.refuse(KEY + " names no host", REMEDY);
        }
        String host = uri.getHost();
        if (host == null) {
            throw Checks.refuse(KEY + " has a host that is no name", "Write names with letters beyond ASCII as xn--….");
        }
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : IDN.toASCII(host);
        if (!HOST.matcher(bare).matches()) {
            throw Checks.refuse(KEY + " names no host", REMEDY);
        }
        return bare.toLowerCase(Locale.ROOT);
    }

    /** Host with brackets where it is an IPv6 address. */
    String hostForUrl() {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    /** As browsers write it into the request. */
    String authority() {
        return port == (isSecure ? HTTPS : HTTP) ? hostForUrl() : hostForUrl() + ":" + port;
    }

    String origin() {
        return (isSecure ? "https://" : "http://") + authority();
    }

    @Override
    public String toString() {
        return "PeerUrl[…]";
    }
}
