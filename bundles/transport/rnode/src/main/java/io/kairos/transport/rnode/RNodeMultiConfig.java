package io.kairos.transport.rnode;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one device with several radios as its operator writes them. */
@ObjectClassDefinition(
        name = "Kairos RNode interface with several radios",
        description =
                "LoRa through a device with several radios and RNode firmware. Each radio is an interface of its own."
                        + " Compatible with Reticulum's RNodeMultiInterface.")
public @interface RNodeMultiConfig {

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
                    "Where the device stands: eu868, eu433, us915, au915, as923, ism2400 or none. A radio of another"
                            + " band names another region in radios.")
    String region();

    @AttributeDefinition(
            name = "Radios",
            description = "One entry for each radio that is used, separated by commas: its name, then key=value, for"
                    + " example: low index=0 profile=balanced, high index=1 region=ism2400 frequency.hz=2427000000"
                    + " bandwidth.hz=812500 spreading.factor=7 coding.rate=5. Keys: index, region, profile, frequency.hz,"
                    + " bandwidth.hz, spreading.factor, coding.rate, tx.power.dbm, antenna.gain.dbi,"
                    + " airtime.limit.short.percent, airtime.limit.long.percent, flow.control.")
    String[] radios();

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
            description = "Packets wait here for each radio until they may be sent; what does not fit is dropped.",
            min = "2048",
            max = "1048576")
    int send_queue_bytes() default 32_768;

    String webconsole_configurationFactory_nameHint() default "{interface.name} ({port})";
}
