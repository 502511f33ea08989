package io.kairos.transport.auto;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The settings of one auto interface as its operator writes them. */
@ObjectClassDefinition(
        name = "Kairos auto interface",
        description =
                "Finds neighbours on the local network by itself, over IPv6 multicast; needs no router and no address.")
public @interface AutoConfig {

    @AttributeDefinition(
            name = "Interface name",
            description = "Short name shown by mesh:status, for example lan. Must be unique on this node.")
    String interface_name();

    @AttributeDefinition(
            name = "Group",
            description =
                    "Only nodes of the same group find each other. It is a name, not a secret: see the access code.")
    String group_id() default "reticulum";

    @AttributeDefinition(
            name = "Discovery scope",
            description = "How far the search reaches where the network forwards multicast.",
            options = {
                @Option(label = "Link", value = "link"),
                @Option(label = "Admin", value = "admin"),
                @Option(label = "Site", value = "site"),
                @Option(label = "Organisation", value = "organisation"),
                @Option(label = "Global", value = "global")
            })
    String discovery_scope() default "link";

    @AttributeDefinition(
            name = "Multicast address type",
            description = "Kind of the multicast address; the same at all neighbours.",
            options = {
                @Option(label = "Temporary", value = "temporary"),
                @Option(label = "Permanent", value = "permanent")
            })
    String multicast_address_type() default "temporary";

    @AttributeDefinition(
            name = "Discovery port",
            description = "UDP port of the search; the next one is used too. The same at all neighbours.",
            min = "1",
            max = "65534")
    int discovery_port() default 29716;

    @AttributeDefinition(
            name = "Data port",
            description = "UDP port of the packets. The same at all neighbours.",
            min = "1",
            max = "65535")
    int data_port() default 42671;

    @AttributeDefinition(
            name = "Devices",
            description =
                    "Only these system interfaces are used, for example eth0,wlan0. Empty: all that have a link-local address.",
            required = false)
    String[] devices() default {};

    @AttributeDefinition(
            name = "Ignored devices",
            description = "These system interfaces are never used.",
            required = false)
    String[] ignored_devices() default {};

    @AttributeDefinition(
            name = "Assumed bit rate (bits per second)",
            description = "What routing should expect of the local network.",
            min = "5")
    long bitrate_bits_per_second() default 10_000_000;

    String webconsole_configurationFactory_nameHint() default "{interface.name} ({group.id})";
}
