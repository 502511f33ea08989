package io.kairos.transport.tor;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one connection through Tor as its operator writes them. */
@ObjectClassDefinition(
        name = "Kairos Tor client interface",
        description = "Keeps one connection through Tor to one peer. Create one configuration for each peer.")
public @interface TorClientConfig {

    @AttributeDefinition(
            name = "Interface name",
            description = "Short name shown by mesh:status, for example onion-eu. Must be unique on this node.")
    String interface_name();

    @AttributeDefinition(
            name = "Target host",
            description = "Address of the peer, usually ....onion. Other names are looked up by Tor alone.")
    String target_host();

    @AttributeDefinition(name = "Target port", description = "TCP port of the peer.", min = "1", max = "65535")
    int target_port() default 4242;

    @AttributeDefinition(name = "Proxy host", description = "Host of tor's SOCKS port.")
    String proxy_host() default "127.0.0.1";

    @AttributeDefinition(name = "Proxy port", description = "tor's SOCKS port.", min = "1", max = "65535")
    int proxy_port() default 9050;

    @AttributeDefinition(
            name = "Isolation",
            description = "true: tor keeps this interface on circuits of its own, so that nobody sees that two of them"
                    + " belong to one node. false: for proxies that take no user name.")
    boolean isolation() default true;

    @AttributeDefinition(
            name = "First reconnect delay (seconds)",
            description = "Pause after a lost connection; doubles with every failure up to the longest delay.",
            min = "1",
            max = "3600")
    int reconnect_delay_seconds() default 5;

    @AttributeDefinition(
            name = "Longest reconnect delay (seconds)",
            description = "Upper limit of the pause between attempts.",
            min = "1",
            max = "86400")
    int reconnect_delay_max_seconds() default 300;

    @AttributeDefinition(
            name = "Send queue (bytes)",
            description = "Packets wait here while the connection is slow; what does not fit is dropped and counted.",
            min = "4096",
            max = "67108864")
    int send_queue_bytes() default 262_144;

    @AttributeDefinition(
            name = "Largest packet (bytes)",
            description = "What the peer's TCP interface takes; 8192 is the usual size.",
            min = "500",
            max = "262144")
    int packet_bytes() default 8_192;

    @AttributeDefinition(
            name = "Assumed bit rate (bits per second)",
            description = "What routing should expect of the connection.",
            min = "5")
    long bitrate_bits_per_second() default 1_000_000;

    String webconsole_configurationFactory_nameHint() default "{interface.name}";
}
