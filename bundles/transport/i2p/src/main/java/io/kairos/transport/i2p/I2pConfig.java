package io.kairos.transport.i2p;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one I2P interface as its operator writes them. */
@ObjectClassDefinition(
        name = "Kairos I2P interface",
        description = "Reaches peers through an I2P router's SAM bridge, and can be reached through it.")
public @interface I2pConfig {

    @AttributeDefinition(
            name = "Interface name",
            description = "Short name shown by mesh:status, for example hidden. Must be unique on this node; the own"
                    + " address belongs to the name.")
    String interface_name();

    @AttributeDefinition(
            name = "Peers",
            description = "Addresses of other nodes, ....b32.i2p or whole destinations, separated by commas.",
            required = false)
    String[] peers() default {};

    @AttributeDefinition(
            name = "Connectable",
            description = "true: the interface has an I2P address of its own, at which others connect to it.")
    boolean connectable() default false;

    @AttributeDefinition(name = "Bridge host", description = "Host of the I2P router's SAM bridge.")
    String bridge_host() default "127.0.0.1";

    @AttributeDefinition(name = "Bridge port", description = "TCP port of the SAM bridge.", min = "1", max = "65535")
    int bridge_port() default 7656;

    @AttributeDefinition(
            name = "Hops of tunnels",
            description = "How many routers stand between this one and the peer's, on our side. -1: what the router"
                    + " usually takes (3). 0 hides nothing.",
            min = "-1",
            max = "7")
    int tunnel_hops() default -1;

    @AttributeDefinition(
            name = "Tunnels in each direction",
            description = "More of them lose less when one breaks, and cost more. 0: what the router usually takes.",
            min = "0",
            max = "16")
    int tunnel_quantity() default 0;

    @AttributeDefinition(
            name = "Connections at most",
            description = "Further ones that come in are closed at once.",
            min = "1",
            max = "1000")
    int maximum_connections() default 64;

    @AttributeDefinition(
            name = "Pause after a failed set-up (seconds)",
            description = "Before a peer is called the next time; then the pause between connections.",
            min = "1",
            max = "3600")
    int setup_delay_seconds() default 8;

    @AttributeDefinition(
            name = "Pause between connections (seconds)",
            description = "Before a peer, or the bridge, is tried again.",
            min = "1",
            max = "3600")
    int reconnect_delay_seconds() default 15;

    @AttributeDefinition(
            name = "Send queue of each connection (bytes)",
            description = "Packets wait here while a connection is slow; what does not fit is dropped and counted.",
            min = "4096",
            max = "16777216")
    int send_queue_bytes() default 131_072;

    @AttributeDefinition(
            name = "Assumed bit rate (bits per second)",
            description = "What routing should expect of each connection.",
            min = "5")
    long bitrate_bits_per_second() default 256_000;

    String webconsole_configurationFactory_nameHint() default "{interface.name}";
}
