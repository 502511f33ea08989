package io.kairos.transport.udp;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one UDP interface as its operator writes them. */
@ObjectClassDefinition(
        name = "Kairos UDP interface",
        description = "Sends each packet as one datagram to one address, which may be a broadcast address. IPv4.")
public @interface UdpConfig {

    @AttributeDefinition(
            name = "Interface name",
            description = "Short name shown by mesh:status, for example lan. Must be unique on this node.")
    String interface_name();

    @AttributeDefinition(
            name = "Listen host",
            description = "IPv4 address on which packets are received. Empty: that of the device, or all addresses.",
            required = false)
    String listen_host() default "";

    @AttributeDefinition(
            name = "Listen port",
            description = "UDP port on which packets are received.",
            min = "1",
            max = "65535")
    int listen_port() default 4242;

    @AttributeDefinition(
            name = "Forward host",
            description = "Where packets are sent. Empty: the broadcast address of the device, or 255.255.255.255.",
            required = false)
    String forward_host() default "";

    @AttributeDefinition(
            name = "Forward port",
            description = "UDP port to which packets are sent. 0: the listen port.",
            min = "0",
            max = "65535")
    int forward_port() default 0;

    @AttributeDefinition(
            name = "Device",
            description =
                    "System interface whose broadcast address fills in for the hosts that are empty, for example eth0.",
            required = false)
    String device() default "";

    @AttributeDefinition(
            name = "Assumed bit rate (bits per second)",
            description = "What routing should expect from this medium.",
            min = "5")
    long bitrate_bits_per_second() default 10_000_000;

    String webconsole_configurationFactory_nameHint() default "{interface.name} ({forward.host}:{forward.port})";
}
