package io.kairos.transport.sneakernet;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one sneakernet interface as its operator writes them. */
@ObjectClassDefinition(
        name = "Kairos sneakernet interface",
        description = "Carries packets as encrypted files on USB sticks and memory cards, or in a shared folder.")
public @interface SneakernetConfig {

    @AttributeDefinition(
            name = "Interface name",
            description = "Short name shown by mesh:status, for example sticks. Must be unique on this node.")
    String interface_name();

    @AttributeDefinition(
            name = "Folders",
            description = "Where sticks appear, separated by commas; * stands for any one folder. A stick is used when"
                    + " a folder named kairos lies on it; make one to invite the node.")
    String[] folders() default {"/media/*", "/media/*/*", "/run/media/*/*", "/mnt/*"};

    @AttributeDefinition(
            name = "Passphrase",
            description = "Shared by all who exchange sticks; long, because lost sticks give all the time to guess.",
            required = false)
    String passphrase() default "";

    @AttributeDefinition(
            name = "Name of the stick network",
            description = "Belongs to the passphrase; the same at all who exchange sticks.",
            required = false)
    String stick_network() default "main";

    @AttributeDefinition(
            name = "Key",
            description = "Instead of a passphrase: 64 hexadecimal digits.",
            required = false)
    String key() default "";

    @AttributeDefinition(
            name = "Writers",
            description = "Hashes of the identities whose packets are taken, separated by commas; empty: everybody who"
                    + " has the key.",
            required = false)
    String[] writers() default {};

    @AttributeDefinition(
            name = "Share of a stick (percent)",
            description = "How much of a stick the folder may fill.",
            min = "1",
            max = "90")
    int share_percent() default 10;

    @AttributeDefinition(
            name = "Most on a stick (megabytes)",
            description = "And never more than this.",
            min = "1",
            max = "65536")
    int share_megabytes() default 64;

    @AttributeDefinition(
            name = "Keep (days)",
            description = "How long a packet may be under way; then nobody delivers it any more.",
            min = "1",
            max = "90")
    int keep_days() default 14;

    @AttributeDefinition(
            name = "Spool (bytes)",
            description = "Packets wait here for a stick, also over restarts; the oldest make room.",
            min = "65536",
            max = "67108864")
    int spool_bytes() default 2_097_152;

    @AttributeDefinition(
            name = "Readers before removal",
            description = "A file of this node is removed from a stick once all nodes that are known there have read"
                    + " it, and at least so many.",
            min = "1",
            max = "1000")
    int readers_least() default 1;

    @AttributeDefinition(
            name = "Look (seconds)",
            description = "How often the node looks for sticks.",
            min = "1",
            max = "3600")
    int look_seconds() default 3;

    @AttributeDefinition(
            name = "Gather (milliseconds)",
            description = "Packets that come within this time go into one file.",
            min = "10",
            max = "60000")
    int gather_milliseconds() default 1_000;

    @AttributeDefinition(
            name = "Links",
            description = "true: packets of links are carried too, for a folder that running nodes share. They are"
                    + " worth nothing on a stick that travels.")
    boolean links() default false;

    @AttributeDefinition(
            name = "Assumed bit rate (bits per second)",
            description = "What routing should expect; announces take the usual share of it.",
            min = "5")
    long bitrate_bits_per_second() default 2_000;

    String webconsole_configurationFactory_nameHint() default "{interface.name}";
}
