package io.kairos.transport.yggdrasil;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one Yggdrasil interface as its operator writes them. */
@ObjectClassDefinition(
        name = "Kairos Yggdrasil interface",
        description = "Listens on this machine's Yggdrasil address, whatever it is, and calls peers at theirs. The"
                + " Yggdrasil daemon has to run on this machine.")
public @interface YggdrasilConfig {

    @AttributeDefinition(
            name = "Interface name",
            description = "Short name shown by mesh:status, for example ygg. Must be unique on this node.")
    String interface_name();

    @AttributeDefinition(
            name = "Admin socket",
            description = "Where the daemon answers, as AdminListen in yggdrasil.conf: unix:///var/run/… or"
                    + " tcp://127.0.0.1:9001. Empty: the usual places.",
            required = false)
    String admin_socket() default "";

    @AttributeDefinition(name = "Listen port", description = "TCP port.", min = "1", max = "65535")
    int listen_port() default 4242;

    @AttributeDefinition(
            name = "Peers",
            description =
                    "Yggdrasil addresses that are called, separated by commas: 202:d50d::1 or [202:d50d::1]:4242.",
            required = false)
    String[] peers() default {};

    @AttributeDefinition(
            name = "Most connections",
            description = "Neighbours at the same time, called ones with them; further ones are hung up on.",
            min = "1",
            max = "1024")
    int maximum_connections() default 128;

    @AttributeDefinition(
            name = "Check interval (seconds)",
            description = "How often the daemon is asked whether its address is still the same.",
            min = "1",
            max = "3600")
    int check_interval_seconds() default 15;

    @AttributeDefinition(
            name = "First reconnect delay (seconds)",
            description = "Pause before a peer is called or the daemon looked for again; doubles up to the longest.",
            min = "1",
            max = "3600")
    int reconnect_delay_seconds() default 5;

    @AttributeDefinition(
            name = "Longest reconnect delay (seconds)",
            description = "Upper limit of the pause between calls. The daemon is looked for twice a minute at least.",
            min = "1",
            max = "86400")
    int reconnect_delay_max_seconds() default 300;

    @AttributeDefinition(
            name = "Send queue of each connection (bytes)",
            description = "Packets wait here while a connection is slow; what does not fit is dropped and counted.",
            min = "4096",
            max = "67108864")
    int send_queue_bytes() default 1_310_720;

    @AttributeDefinition(
            name = "Assumed bit rate (bits per second)",
            description = "What routing should expect; both ends have to agree, because packet sizes follow it.",
            min = "5")
    long bitrate_bits_per_second() default 10_000_000;

    String webconsole_configurationFactory_nameHint() default "{interface.name}";
}
