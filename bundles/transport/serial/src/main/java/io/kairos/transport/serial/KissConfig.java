package io.kairos.transport.serial;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The settings of one KISS modem as its operator writes them. */
@ObjectClassDefinition(
        name = "Kairos KISS interface",
        description =
                "Sends packets through a modem of packet radio (TNC) that speaks KISS: a hardware TNC, or a program"
                        + " such as Dire Wolf.")
public @interface KissConfig {

    @AttributeDefinition(
            name = "Interface name",
            description = "Short name shown by mesh:status, for example vhf. Must be unique on this node.")
    String interface_name();

    @AttributeDefinition(
            name = "Port",
            description = "Path of the device, for example /dev/ttyUSB0. A name below /dev/serial/by-id stays with a"
                    + " device whatever else is plugged in.")
    String port();

    @AttributeDefinition(
            name = "Speed (bits per second)",
            description = "Between computer and modem; not that of the radio channel.",
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
            description = "true: the lines RTS and CTS say who may send. The modem has to have them.")
    boolean hardware_flow_control() default false;

    @AttributeDefinition(
            name = "Preamble (milliseconds)",
            description = "Carrier before the first byte, which gives transmitter and receivers time. KISS knows steps"
                    + " of 10 up to 2550.",
            min = "0",
            max = "60000")
    int preamble_milliseconds() default 350;

    @AttributeDefinition(
            name = "Tail (milliseconds)",
            description = "Carrier behind the last byte. KISS knows steps of 10 up to 2550.",
            min = "0",
            max = "60000")
    int tail_milliseconds() default 20;

    @AttributeDefinition(
            name = "Persistence (of 256)",
            description = "How likely the modem sends when the channel is free: 255 always, 64 in every fourth slot.",
            min = "0",
            max = "255")
    int persistence() default 64;

    @AttributeDefinition(
            name = "Slot time (milliseconds)",
            description = "How long the modem waits before it draws again. KISS knows steps of 10 up to 2550.",
            min = "0",
            max = "60000")
    int slot_time_milliseconds() default 20;

    @AttributeDefinition(
            name = "Modem says when it is ready",
            description = "true: each packet waits until the modem is ready for it (KISS command 15), at most five"
                    + " seconds. Only for modems that can say so.")
    boolean ready_flow_control() default false;

    @AttributeDefinition(
            name = "Identification",
            description = "Sent from time to time where the law wants to know whose station this is, for example a call"
                    + " sign; at most 19 printable characters. Needs an interval, too.",
            required = false)
    String id_callsign() default "";

    @AttributeDefinition(
            name = "Identification interval (seconds)",
            description = "So long after the first packet since the last identification. 0: never.",
            min = "0",
            max = "86400")
    int id_interval_seconds() default 0;

    @AttributeDefinition(
            name = "Pause after opening (milliseconds)",
            description = "What the device needs until it listens; many start anew when they are opened.",
            min = "0",
            max = "60000")
    int open_wait_milliseconds() default 2_000;

    @AttributeDefinition(
            name = "Send queue (bytes)",
            description = "Packets wait here while the modem is busy; what does not fit is dropped.",
            min = "2048",
            max = "16777216")
    int send_queue_bytes() default 65_536;

    @AttributeDefinition(
            name = "Assumed bit rate (bits per second)",
            description = "What routing should expect from the radio channel.",
            min = "5")
    long bitrate_bits_per_second() default 1_200;

    @AttributeDefinition(
            name = "Frequency (hertz)",
            description = "Told to others where the interface is discoverable, with bandwidth and modulation. The modem"
                    + " itself is tuned by hand. 0: not told.",
            min = "0")
    long air_frequency_hz() default 0;

    @AttributeDefinition(name = "Bandwidth (hertz)", description = "The same. 0: not told.", min = "0")
    long air_bandwidth_hz() default 0;

    @AttributeDefinition(
            name = "Modulation",
            description = "The same, for example AFSK 1200. Empty: not told.",
            required = false)
    String air_modulation() default "";

    String webconsole_configurationFactory_nameHint() default "{interface.name} ({port})";
}
