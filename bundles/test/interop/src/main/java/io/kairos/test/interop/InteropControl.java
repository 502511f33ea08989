package io.kairos.test.interop;

import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.identity.Networks;
import io.kairos.api.link.Endpoints;
import io.kairos.api.routing.PacketRouter;
import io.kairos.api.routing.PathTable;
import io.kairos.api.routing.Router;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the control port as soon as the node is complete. Does nothing without the property {@value #PORT}. */
@Component(service = InteropControl.class, immediate = true)
public final class InteropControl {

    static final String PORT = "kairos.interop.port";

    private static final Logger LOG = LoggerFactory.getLogger(InteropControl.class);

    private final AtomicInteger threads = new AtomicInteger();
    private final ExecutorService executor = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "kairos-test-interop-" + threads.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });
    private final BundleContext context;
    private NodeCommands nodeCommands;
    private ControlServer server;

    @Activate
    public InteropControl(
            BundleContext context,
            @Reference(target = Networks.IN_MAIN) Endpoints endpoints,
            @Reference(target = Networks.IN_MAIN) Router router,
            @Reference(target = Networks.IN_MAIN) PacketRouter packets,
            @Reference(target = Networks.IN_MAIN) PathTable paths,
            @Reference(target = Networks.IN_MAIN) KnownDestinations known,
            @Reference(target = Networks.IN_MAIN) IdentityStore identities) {
        this.context = context;
        String port = context.getProperty(PORT);
        if (port == null) {
            LOG.info("no {}: the control port stays closed", PORT);
            return;
        }
        try {
            start(
                    Integer.parseInt(port.strip()),
                    new NodeServices(endpoints, router, packets, paths, known, identities));
        } catch (IOException | NumberFormatException e) {
            LOG.error("the control port {} cannot be opened: {}", port, e.getMessage());
        }
    }

    private void start(int port, NodeServices node) throws IOException {
        // the echo destination reports links before linkCommands would be visible to a lambda written in place
        LinkCommands[] holder = new LinkCommands[1];
        EchoDestination echo = new EchoDestination(executor, link -> holder[0].add(link));
        nodeCommands =
                new NodeCommands(node, echo, context.getBundle().getVersion().toString());
        LinkCommands linkCommands = new LinkCommands(node, executor, nodeCommands::identity);
        holder[0] = linkCommands;
        server = new ControlServer(port, commands(nodeCommands, linkCommands), executor);
        LOG.info("control port open on loopback, port {}", port);
    }

    private Map<String, ControlServer.Command> commands(NodeCommands node, LinkCommands link) {
        Map<String, ControlServer.Command> commands = new HashMap<>();
        commands.put("hello", node::hello);
        commands.put("status", node::status);
        commands.put("open", node::open);
        commands.put("announce", node::announce);
        commands.put("paths", node::paths);
        commands.put("waitPath", node::waitPath);
        commands.put("dropPath", node::dropPath);
        commands.put("packet", node::packet);
        commands.put("connect", link::connect);
        commands.put("identify", link::identify);
        commands.put("linkPacket", link::linkPacket);
        commands.put("request", link::request);
        commands.put("channel", link::channel);
        commands.put("stream", link::stream);
        commands.put("resource", link::resource);
        commands.put("progress", link::progress);
        commands.put("fetch", link::fetch);
        commands.put("close", link::close);
        commands.put("linkState", link::linkState);
        commands.put("shutdown", in -> shutdown());
        return commands;
    }

    private Map<String, Object> shutdown() {
        new Thread(this::stopFramework, "kairos-test-interop-shutdown").start();
        return Map.of();
    }

    private void stopFramework() {
        try {
            context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).stop();
        } catch (BundleException e) {
            LOG.error("the node cannot be stopped", e);
        }
    }

    @Deactivate
    void close() {
        if (server != null) {
            server.close();
        }
        executor.shutdownNow();
        if (nodeCommands != null) {
            nodeCommands.close();
        }
    }
}
