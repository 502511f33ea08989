package io.kairos.transport.tcp;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The settings of one TCP client interface as its operator writes them. */
@ObjectClassDefinition(
        name = "Kairos TCP client interface",
        description = "Keeps one TCP connection to one peer. Create one configuration for each peer.")
public @interface TcpClientConfig {

    @AttributeDefinition(
            name = "Interface name",
            description = "Short name shown by mesh:status, for example vps-eu. Must be unique on this node.")
    String interface_name();

    @AttributeDefinition(name = "Peer host", description = "Host name or IP address of the peer.")
    String peer_host();

    @AttributeDefinition(name = "Peer port", description = "TCP port of the peer.", min = "1", max = "65535")
    int peer_port() default 4242;

    @AttributeDefinition(
            name = "Framing",
            description = "How packets are marked off: hdlc for other nodes, kiss for a TNC behind a TCP port.",
            options = {@Option(label = "HDLC", value = "hdlc"), @Option(label = "KISS", value = "kiss")})
    String framing() default "hdlc";

    @AttributeDefinition(
            name = "Fixed packet size (bytes)",
            description =
                    "Largest packet, at least 500, where the peer has a fixed one. 0: by the bit rate, as peers do.",
            min = "0",
            max = "1048576")
    int fixed_packet_bytes() default 0;

    @AttributeDefinition(
            name = "Assumed bit rate (bits per second)",
            description =
                    "What routing expects of this line; both ends have to agree. A Backbone listener expects 100000000.",
            min = "5")
    long bitrate_bits_per_second() default 10_000_000;

    @AttributeDefinition(
            name = "Reconnect delay (seconds)",
            description =
                    "Pause between attempts. It grows by itself when the peer closes several connections quickly.",
            min = "1",
            max = "3600")
    int reconnect_delay_seconds() default 5;

    @AttributeDefinition(
            name = "Connect timeout (seconds)",
            description = "How long the peer may take to answer.",
            min = "1",
            max = "120")
    int connect_timeout_seconds() default 5;

    @AttributeDefinition(
            name = "Send queue (bytes)",
            description = "Packets wait here while the connection is slow; what does not fit is dropped and counted.",
            min = "4096",
            max = "67108864")
    int send_queue_bytes() default 1_310_720;

    String webconsole_configurationFactory_nameHint() default "{interface.name} ({peer.host}:{peer.port})";
}
