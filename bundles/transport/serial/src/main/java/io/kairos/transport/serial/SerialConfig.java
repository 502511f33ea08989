package io.kairos.transport.serial;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The settings of one plain serial line as its operator writes them. */
@ObjectClassDefinition(
        name = "Kairos serial interface",
        description = "Exchanges packets with one neighbour over a serial line, a modem that is transparent,"
                + " or a pair of radios that replace a cable.")
public @interface SerialConfig {

    @AttributeDefinition(
            name = "Interface name",
            description = "Short name shown by mesh:status, for example cable. Must be unique on this node.")
    String interface_name();

    @AttributeDefinition(
            name = "Port",
            description = "Path of the device, for example /dev/ttyUSB0. A name below /dev/serial/by-id stays with a"
                    + " device whatever else is plugged in.")
    String port();

    @AttributeDefinition(
            name = "Speed (bits per second)",
            description = "The same at both ends.",
            min = "50",
            max = "12000000")
    int speed() default 9_600;

    @AttributeDefinition(name = "Data bits", description = "Bits of each byte.", min = "5", max = "8")
    int data_bits() default 8;

    @AttributeDefinition(
            name = "Parity",
            description = "Check bit behind each byte.",
            options = {
                @Option(label = "none", value = "none"),
                @Option(label = "even", value = "even"),
                @Option(label = "odd", value = "odd")
            })
    String parity() default "none";

    @AttributeDefinition(name = "Stop bits", description = "Pause behind each byte.", min = "1", max = "2")
    int stop_bits() default 1;

    @AttributeDefinition(
            name = "Hardware flow control",
            description = "true: the lines RTS and CTS say who may send. Both ends have to have them.")
    boolean hardware_flow_control() default false;

    @AttributeDefinition(
            name = "Pause after opening (milliseconds)",
            description = "What the device needs until it listens; many start anew when they are opened.",
            min = "0",
            max = "60000")
    int open_wait_milliseconds() default 500;

    @AttributeDefinition(
            name = "Send queue (bytes)",
            description = "Packets wait here while the line is busy; what does not fit is dropped.",
            min = "2048",
            max = "16777216")
    int send_queue_bytes() default 65_536;

    @AttributeDefinition(
            name = "Assumed bit rate (bits per second)",
            description = "What routing should expect from the line. 0: its speed.",
            min = "0")
    long bitrate_bits_per_second() default 0;

    String webconsole_configurationFactory_nameHint() default "{interface.name} ({port})";
}
