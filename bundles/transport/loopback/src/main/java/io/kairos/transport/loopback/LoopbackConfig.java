package io.kairos.transport.loopback;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one loopback interface as its operator writes them; those of every interface stand beside them. */
@ObjectClassDefinition(
        name = "Kairos loopback interface",
        description =
                "Joins two interfaces of this process without any network: for tests, demonstrations and learning.")
public @interface LoopbackConfig {

    @AttributeDefinition(
            name = "Interface name",
            description = "Short name shown by mesh:status, for example lo0. Must be unique on this node.")
    String interface_name();

    @AttributeDefinition(
            name = "Peer",
            description =
                    "Name of the loopback interface at the other end. Empty: every packet comes back to its sender.",
            required = false)
    String peer() default "";

    @AttributeDefinition(
            name = "Delay (milliseconds)",
            description = "How long a packet is under way.",
            min = "0",
            max = "3600000")
    int delay_milliseconds() default 0;

    @AttributeDefinition(
            name = "Loss (percent)",
            description = "Share of packets that get lost on the way, drawn at random.",
            min = "0",
            max = "100")
    double loss_percent() default 0;

    @AttributeDefinition(
            name = "Bit rate (bits per second)",
            description = "Slows the medium down to this speed. 0: as fast as the machine is.",
            min = "0")
    long bitrate_bits_per_second() default 0;

    @AttributeDefinition(
            name = "Send queue (bytes)",
            description = "Packets that are under way or not yet read; what does not fit is dropped and counted.",
            min = "4096",
            max = "1073741824")
    int send_queue_bytes() default 1_048_576;

    String webconsole_configurationFactory_nameHint() default "{interface.name} (to {peer})";
}
