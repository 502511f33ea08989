package io.kairos.transport.rnode;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one radio as its operator writes them. */
@ObjectClassDefinition(
        name = "Kairos RNode interface",
        description = "LoRa through a device with RNode firmware, at a serial port or over TCP. Compatible with"
                + " Reticulum's RNodeInterface.")
public @interface RNodeConfig {

    @AttributeDefinition(
            name = "Interface name",
            description = "Short name shown by mesh:status, for example lora-roof. Must be unique on this node.")
    String interface_name();

    @AttributeDefinition(
            name = "Port",
            description = "Serial device, for example /dev/serial/by-id/usb-..., or tcp://host for a device in the"
                    + " network. iface:rnode-scan finds devices.")
    String port();

    @AttributeDefinition(
            name = "Region",
            description =
                    "Where the radio stands: eu868, eu433, us915, au915, as923 or ism2400. What the law there does"
                            + " not allow is refused, and its duty cycle is kept. none: the operator answers for everything.")
    String region();

    @AttributeDefinition(
            name = "Profile",
            description = "How the radio is tuned in its region: long-range, balanced or fast. All stations that shall"
                    + " hear each other have the same. Settings below take precedence.",
            required = false)
    String profile() default "";

    @AttributeDefinition(
            name = "Frequency (Hz)",
            description = "Middle of the channel, 137000000 to 3000000000. 0: as the profile has it.",
            min = "0",
            max = "3000000000")
    long frequency_hz() default 0;

    @AttributeDefinition(
            name = "Bandwidth (Hz)",
            description = "Width of the channel, 7800 to 1625000. 0: as the profile has it.",
            min = "0",
            max = "1625000")
    int bandwidth_hz() default 0;

    @AttributeDefinition(
            name = "Spreading factor",
            description = "5 to 12; each step reaches farther and takes twice as long. 0: as the profile has it.",
            min = "0",
            max = "12")
    int spreading_factor() default 0;

    @AttributeDefinition(
            name = "Coding rate",
            description = "5 to 8: four bits become so many. 0: as the profile has it.",
            min = "0",
            max = "8")
    int coding_rate() default 0;

    @AttributeDefinition(
            name = "Power (dBm)",
            description = "Power at the radio, -9 to 37. auto: as much as region and device allow.")
    String tx_power_dbm() default "auto";

    @AttributeDefinition(
            name = "Antenna gain (dBi)",
            description =
                    "Gain of the antenna less the loss of its cable, -10 to 30. Where the law limits what leaves the"
                            + " antenna, more gain means less power.")
    double antenna_gain_dbi() default 2.15;

    @AttributeDefinition(
            name = "Airtime limit, 15 s (percent)",
            description = "Most of any 15 s in which the radio sends, 0 to 100. 0: no limit.",
            min = "0",
            max = "100")
    double airtime_limit_short_percent() default 0;

    @AttributeDefinition(
            name = "Airtime limit, hour (percent)",
            description = "Most of any hour in which the radio sends, 0 to 100. 0: what the region allows.",
            min = "0",
            max = "100")
    double airtime_limit_long_percent() default 0;

    @AttributeDefinition(
            name = "Flow control",
            description = "true: each packet waits until the device says that it is ready. Rarely needed.")
    boolean flow_control() default false;

    @AttributeDefinition(
            name = "Callsign",
            description = "Sent in plain text from time to time where a licence asks for it; up to 32 bytes.",
            required = false)
    String id_callsign() default "";

    @AttributeDefinition(
            name = "Callsign interval (seconds)",
            description = "How long after the first packet since the last time. 0: never.",
            min = "0",
            max = "86400")
    int id_interval_seconds() default 0;

    @AttributeDefinition(
            name = "Start-up time (milliseconds)",
            description = "How long the board takes to start when its serial port is opened.",
            min = "0",
            max = "30000")
    int settle_millis() default 2_000;

    @AttributeDefinition(
            name = "Reopen delay (seconds)",
            description = "Pause before the device is opened again.",
            min = "1",
            max = "3600")
    int reopen_delay_seconds() default 5;

    @AttributeDefinition(
            name = "Send queue (bytes)",
            description = "Packets wait here until they may be sent; what does not fit is dropped.",
            min = "2048",
            max = "1048576")
    int send_queue_bytes() default 32_768;

    String webconsole_configurationFactory_nameHint() default "{interface.name} ({port})";
}
