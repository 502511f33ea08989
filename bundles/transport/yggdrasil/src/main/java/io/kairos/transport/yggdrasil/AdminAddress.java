package io.kairos.transport.yggdrasil;

import io.kairos.lib.medium.Checks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the daemon answers questions: {@code unix:///path} or {@code tcp://host:port} on this machine.
 *
 * @param path of a socket file; empty for TCP
 */
record AdminAddress(String path, int port) {

    /** Where daemons of Debian and others listen unless they were told otherwise. */
    static final List<AdminAddress> USUAL = List.of(
            new AdminAddress("/var/run/yggdrasil/yggdrasil.sock", 0),
            new AdminAddress("/var/run/yggdrasil.sock", 0),
            new AdminAddress("", 9001));

    private static final Pattern TCP = Pattern.compile("tcp://(?:localhost|127\\.0\\.0\\.1|\\[::1]):(\\d{1,5})");

    /** All that a setting says; the usual places where it is empty. */
    static List<AdminAddress> of(String given) {
        String text = given == null ? "" : given.strip();
        if (text.isEmpty()) {
            return USUAL;
        }
        Matcher tcp = TCP.matcher(text);
        if (tcp.matches()) {
            return List.of(new AdminAddress(
                    "", Checks.between("port of admin.socket", Integer.parseInt(tcp.group(1)), 1, 65_535, 9001)));
        }
        String file = text.startsWith("unix://") ? text.substring("unix://".length()) : text;
        if (!file.startsWith("/")) {
            throw Checks.refuse(
                    "admin.socket is neither a socket file nor a port of this machine",
                    "Copy AdminListen of yggdrasil.conf, for example unix:///var/run/yggdrasil/yggdrasil.sock.");
        }
        try {
            return List.of(new AdminAddress(Path.of(file).toString(), 0));
        } catch (InvalidPathException e) {
            throw Checks.refuse("admin.socket is no path of a file", "Copy AdminListen of yggdrasil.conf.");
        }
    }

    SocketChannel connect() throws IOException {
        SocketAddress place = path.isEmpty()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
                : UnixDomainSocketAddress.of(path);
        return SocketChannel.open(place);
    }
}
