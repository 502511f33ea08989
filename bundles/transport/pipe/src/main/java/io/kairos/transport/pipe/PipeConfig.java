package io.kairos.transport.pipe;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one pipe interface as its operator writes them. */
@ObjectClassDefinition(
        name = "Kairos pipe interface",
        description = "Runs a program and exchanges packets with it over its standard input and output, HDLC framed.")
public @interface PipeConfig {

    @AttributeDefinition(
            name = "Interface name",
            description = "Short name shown by mesh:status, for example modem. Must be unique on this node.")
    String interface_name();

    @AttributeDefinition(
            name = "Command",
            description = "The program and its arguments, divided at blanks; quotes keep blanks together."
                    + " No shell looks at it: write sh -c '...' where you want one.")
    String command();

    @AttributeDefinition(
            name = "Environment",
            description = "Variables for the program as NAME=value, separated by commas.",
            required = false)
    String[] environment() default {};

    @AttributeDefinition(
            name = "Inherit environment",
            description = "true: the program sees all variables of the node. false: PATH, HOME, USER, LANG, LC_ALL,"
                    + " TZ and TMPDIR alone.")
    boolean environment_inherit() default false;

    @AttributeDefinition(
            name = "Working folder",
            description = "Where the program is started. Empty: where the node was started.",
            required = false)
    String working_folder() default "";

    @AttributeDefinition(
            name = "First restart delay (seconds)",
            description = "Pause after the program has ended; doubles each time up to the longest delay. A program"
                    + " that ran longer than the longest delay begins anew.",
            min = "1",
            max = "3600")
    int restart_delay_seconds() default 5;

    @AttributeDefinition(
            name = "Longest restart delay (seconds)",
            description = "Upper limit of the pause between attempts.",
            min = "1",
            max = "86400")
    int restart_delay_max_seconds() default 300;

    @AttributeDefinition(
            name = "Send queue (bytes)",
            description = "Packets wait here while the program does not read; what does not fit is dropped.",
            min = "4096",
            max = "16777216")
    int send_queue_bytes() default 65_536;

    @AttributeDefinition(
            name = "Assumed bit rate (bits per second)",
            description = "What routing should expect from the program. Lower it for slow media.",
            min = "5")
    long bitrate_bits_per_second() default 1_000_000;

    String webconsole_configurationFactory_nameHint() default "{interface.name}";
}
