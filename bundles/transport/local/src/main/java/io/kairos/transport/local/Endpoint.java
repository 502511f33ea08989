package io.kairos.transport.local;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;

/**
 * Where programs find the node.
 *
 * @param unix an abstract Unix socket, else TCP on this machine
 * @param instance name of the instance, with Unix sockets
 * @param port of packets, with TCP
 * @param controlPort of questions, with TCP
 * @param fellBack whether Unix sockets were wanted but cannot be had here
 */
record Endpoint(boolean unix, String instance, int port, int controlPort, boolean fellBack) {

    private static final String PREFIX = "rns/";

    /** What an operator may want. */
    enum Wish {
        AUTO,
        UNIX,
        TCP
    }

    static Endpoint of(Wish wish, String instance, int port, int controlPort) {
        boolean linux =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
        boolean wanted = wish == Wish.UNIX || wish == Wish.AUTO && linux;
        boolean unix = wish == Wish.UNIX || wanted && hasUnixSockets();
        return new Endpoint(unix, instance, port, controlPort, wanted && !unix);
    }

    /** Whether the native part of the socket library loads on this machine. */
    static boolean hasUnixSockets() {
        try {
            return Epoll.isAvailable();
        } catch (LinkageError missing) { // no such bundle, or a library for another machine
            return false;
        }
    }

    /** Whether Unix sockets are insisted on that this machine does not have. */
    boolean cannotBeHad() {
        return unix && !hasUnixSockets();
    }

    static MeshException noUnixSockets() {
        return new MeshException(
                Failure.Kind.CONFIGURATION,
                "Abstract Unix sockets cannot be had on this machine: the native part of the socket library does not load",
                "Set socket = tcp here and shared_instance_type = tcp in the [reticulum] section of the programs.");
    }

    /** What the core compares between interfaces: where packets are exchanged. */
    io.kairos.api.transport.Endpoint place() {
        return unix
                ? new io.kairos.api.transport.Endpoint("unix", "abstract", text())
                : io.kairos.api.transport.Endpoint.port("tcp", "localhost", port);
    }

    /** As Reticulum programs write it: {@code rns/default} or {@code 37428}. */
    String text() {
        return unix ? PREFIX + instance : Integer.toString(port);
    }

    /** Of the control socket, for operators. */
    String controlText() {
        return unix ? PREFIX + instance + "/rpc" : "127.0.0.1:" + controlPort;
    }

    SocketAddress packets() {
        return unix ? abstractName(text()) : onThisMachine(port);
    }

    SocketAddress control() {
        return unix ? abstractName(controlText()) : onThisMachine(controlPort);
    }

    /** A name that begins with a zero byte is in no file system and goes with its socket. */
    private static SocketAddress abstractName(String text) {
        return new DomainSocketAddress("\0" + text);
    }

    private static SocketAddress onThisMachine(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
