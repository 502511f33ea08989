package io.kairos.test.container;

import io.kairos.test.container.echo.EchoProgram;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Collection;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Two neighbours of the node, one on UDP and one on TCP, each a process of its own. Each asks an echo in the node over the
 * own link; the one on UDP also asks the one on TCP, through the node, and sends it resources. Names no type of the node.
 */
final class Neighbours implements AutoCloseable {

    static final String UDP = "udp";
    static final String TCP = "tcp";
    static final String TRANSIT = "transit";

    private static final int RESOURCE_BYTES = 400_000;
    private static final String ECHO = "io.kairos.test.container.echo.EchoProgram"; // its class must not be loaded here
    private static final Pattern COUNTED = Pattern.compile("sent=(\\d+) answered=(\\d+) gap=(\\d+) links=(\\d+)");

    /** What became of the questions of one flow: how many, how long the longest silence, how many links were lost. */
    record Count(int sent, int answered, int gapMillis, int links) {
        int lost() {
            return sent - answered;
        }
    }

    private final BundleContext context;
    private final ConfigurationAdmin configurations;
    private final Bundle echo;
    private final PeerLine onUdp;
    private final PeerLine onTcp;
    private final Map<String, PeerLine> flows = new LinkedHashMap<>();
    private final String beyond; // address of the neighbour on TCP

    Neighbours(BundleContext context, ConfigurationAdmin configurations) throws Exception {
        this.context = context;
        this.configurations = configurations;
        int udpHere = freeUdpPort();
        int udpThere = freeUdpPort();
        int tcpThere = freeTcpPort();
        onUdp = new PeerLine("udp", Integer.toString(udpThere), Integer.toString(udpHere));
        onTcp = new PeerLine("tcp", Integer.toString(tcpThere));
        onTcp.order("connections"); // it listens
        configure(
                "io.kairos.transport.udp",
                "udp0",
                Map.of(
                        "listen.host",
                        "127.0.0.1",
                        "listen.port",
                        udpHere,
                        "forward.host",
                        "127.0.0.1",
                        "forward.port",
                        udpThere));
        configure(
                "io.kairos.transport.tcp.client",
                "tcp0",
                Map.of("peer.host", "127.0.0.1", "peer.port", tcpThere, "reconnect.delay.seconds", 1));
        echo = context.installBundle("io.kairos.test.echo", packed());
        echo.start();
        Node.await("the echo is there", () -> echoService() != null);
        Node.await("the connection is there", () -> !onTcp.order("connections").isEmpty());
        String address = (String) echoService().getProperty(EchoProgram.ADDRESS);
        beyond = onTcp.order("announce");
        announceEcho();
        begin(UDP, onUdp, address);
        begin(TCP, onTcp, address);
        begin(TRANSIT, onUdp, beyond);
        awaitAnswers(5);
    }

    private void begin(String name, PeerLine peer, String address) throws IOException {
        peer.order("flow " + name + " " + address);
        flows.put(name, peer);
    }

    void mark() throws IOException {
        onUdp.order("mark");
        onTcp.order("mark");
    }

    /** A link that is lost is not made anew until {@link #resume}: an attempt that comes too early takes long to fail. */
    void hold() throws IOException {
        onUdp.order("hold");
        onTcp.order("hold");
    }

    /** Waits for the echo in the node, too. */
    void resume() throws Exception {
        Node.await("the echo is back", () -> echoService() != null);
        onUdp.order("resume");
        onTcp.order("resume");
    }

    /** Until each flow has got so many answers more. */
    void awaitAnswers(int more) throws Exception {
        awaitAnswers(more, flows.keySet());
    }

    void awaitAnswers(int more, Collection<String> names) throws Exception {
        Map<String, Integer> enough = new LinkedHashMap<>();
        for (String name : names) {
            enough.put(name, count(name).answered() + more);
        }
        for (String name : names) {
            try {
                Node.await(more + " more answers", () -> count(name).answered() >= enough.get(name));
            } catch (AssertionError late) {
                throw new AssertionError(
                        late.getMessage() + " in the flow " + name + ": "
                                + flows.get(name).order("explain " + name),
                        late);
            }
        }
    }

    Count count(String name) throws IOException {
        return read(flows.get(name).order("count " + name));
    }

    /** What was counted since the mark, when nothing of it is under way any more. */
    Count settle(String name) throws IOException {
        return read(flows.get(name).order("settle " + name));
    }

    /** Resources go through the node, one after the other, from now on. */
    void beginTransfers() throws IOException {
        onUdp.order("send " + beyond + " " + RESOURCE_BYTES);
    }

    /** {@code arrived=} how many and {@code broken=} why not. */
    String endTransfers() throws IOException {
        return onUdp.order("sent");
    }

    /** Another text after the node had to connect again. */
    String connection() throws IOException {
        return onTcp.order("connections");
    }

    private static Count read(String text) {
        Matcher counted = COUNTED.matcher(text);
        if (!counted.matches()) {
            throw new AssertionError(text);
        }
        return new Count(
                Integer.parseInt(counted.group(1)),
                Integer.parseInt(counted.group(2)),
                Integer.parseInt(counted.group(3)),
                Integer.parseInt(counted.group(4)));
    }

    private ServiceReference<?> echoService() throws Exception {
        ServiceReference<?>[] found =
                context.getServiceReferences(Runnable.class.getName(), "(" + EchoProgram.ADDRESS + "=*)");
        return found == null ? null : found[0];
    }

    private void announceEcho() throws Exception {
        ((Runnable) context.getService(echoService())).run();
    }

    private void configure(String pid, String name, Map<String, ?> settings) throws IOException {
        Dictionary<String, Object> properties = new Hashtable<>(settings);
        properties.put("interface.name", name);
        configurations.getFactoryConfiguration(pid, name, "?").update(properties);
    }

    private static int freeTcpPort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static int freeUdpPort() throws IOException {
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static InputStream packed() throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "io.kairos.test.echo");
        headers.putValue("Bundle-Version", "1.0");
        headers.putValue("Bundle-Activator", ECHO);
        headers.putValue(
                "Import-Package",
                "io.kairos.api.link;version=\"[1.0,2)\",io.kairos.api.identity;version=\"[1.0,2)\","
                        + "io.kairos.api.packet;version=\"[1.0,2)\",org.osgi.framework,org.osgi.util.tracker");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (String type : new String[] {ECHO, ECHO + "$1", ECHO + "$2"}) {
                String path = type.replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(path));
                try (InputStream code = Neighbours.class.getClassLoader().getResourceAsStream(path)) {
                    code.transferTo(jar);
                }
                jar.closeEntry();
            }
        }
        return new ByteArrayInputStream(out.toByteArray());
    }

    @Override
    public void close() throws Exception {
        onUdp.close();
        onTcp.close();
        echo.uninstall();
        for (String name : new String[] {"udp0", "tcp0"}) {
            for (var configuration : configurations.listConfigurations("(interface.name=" + name + ")")) {
                configuration.delete();
            }
        }
    }
}
