package org.example.hello;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one interface as its operator writes them; {@code peer_port()} reads {@code peer.port}. */
@ObjectClassDefinition(
        name = "Hello interface",
        description = "Sends each packet as one datagram to one other node. Create one configuration for each.")
public @interface HelloConfig {

    @AttributeDefinition(
            name = "Interface name",
            description = "Short name shown by mesh:status. Must be unique on this node.")
    String interface_name();

    @AttributeDefinition(name = "Listen port", description = "UDP port of this node.", min = "1", max = "65535")
    int listen_port() default 4243;

    @AttributeDefinition(name = "Peer host", description = "Host name or address of the other node.")
    String peer_host() default "127.0.0.1";

    @AttributeDefinition(name = "Peer port", description = "UDP port of the other node.", min = "1", max = "65535")
    int peer_port() default 4244;

    @AttributeDefinition(
            name = "Assumed bit rate (bits per second)",
            description = "What routing should expect from this medium.",
            min = "5")
    long bitrate_bits_per_second() default 1_000_000;
}
