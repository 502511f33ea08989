package io.kairos.transport.tcp;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one TCP server interface as its operator writes them. */
@ObjectClassDefinition(
        name = "Kairos TCP server interface",
        description = "Accepts TCP connections of neighbours; each becomes an interface of its own.")
public @interface TcpServerConfig {

    @AttributeDefinition(
            name = "Interface name",
            description = "Short name shown by mesh:status, for example public. Must be unique on this node.")
    String interface_name();

    @AttributeDefinition(
            name = "Listen host",
            description = "Address to listen on. *: all of IPv4 and IPv6; 0.0.0.0: all of IPv4.")
    String listen_host() default "*";

    @AttributeDefinition(name = "Listen port", description = "TCP port to listen on.", min = "1", max = "65535")
    int listen_port() default 4242;

    @AttributeDefinition(
            name = "Device",
            description = "Listen on the address of this system interface instead, for example eth0. Empty: not used.",
            required = false)
    String device() default "";

    @AttributeDefinition(
            name = "Assumed bit rate (bits per second)",
            description =
                    "What routing expects of each connection; both ends have to agree. Backbone peers use 100000000.",
            min = "5")
    long bitrate_bits_per_second() default 10_000_000;

    @AttributeDefinition(
            name = "Connections at most",
            description = "Further connections are closed at once.",
            min = "1",
            max = "1000000")
    int maximum_connections() default 4_096;

    @AttributeDefinition(
            name = "Connections at most from one address",
            description = "Counted by IPv4 address or IPv6 /64 network; this machine itself is exempt.",
            min = "1",
            max = "1000000")
    int maximum_connections_per_address() default 64;

    @AttributeDefinition(
            name = "Block fast flapping",
            description = "Closes connections of an address at once after too many of them were short.")
    boolean fast_flapping_block() default true;

    @AttributeDefinition(
            name = "Fast flapping: short connection (seconds)",
            description = "A connection that ends sooner than this counts.",
            min = "1",
            max = "3600")
    int fast_flapping_threshold_seconds() default 20;

    @AttributeDefinition(
            name = "Fast flapping: grace",
            description = "So many short connections of one address are forgiven.",
            min = "0",
            max = "100000")
    int fast_flapping_grace() default 5;

    @AttributeDefinition(
            name = "Fast flapping: block (minutes)",
            description = "An address is forgiven when it has been quiet for so long.",
            min = "1",
            max = "100000")
    int fast_flapping_block_minutes() default 720;

    @AttributeDefinition(
            name = "Send queue of each connection (bytes)",
            description = "Packets wait here while a connection is slow; what does not fit is dropped and counted.",
            min = "4096",
            max = "67108864")
    int send_queue_bytes() default 1_310_720;

    @AttributeDefinition(
            name = "Threads",
            description = "Threads that read the connections. 0: one for each processor, at most four.",
            min = "0",
            max = "64")
    int threads() default 0;

    String webconsole_configurationFactory_nameHint() default "{interface.name} ({listen.host}:{listen.port})";
}
