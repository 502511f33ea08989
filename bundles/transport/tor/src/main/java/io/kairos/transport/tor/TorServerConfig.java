package io.kairos.transport.tor;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one onion service as its operator writes them. */
@ObjectClassDefinition(
        name = "Kairos Tor server interface",
        description = "Is reached through Tor as an onion service; each connection becomes an interface of its own.")
public @interface TorServerConfig {

    @AttributeDefinition(
            name = "Interface name",
            description = "Short name shown by mesh:status, for example onion. Must be unique on this node; the onion"
                    + " address belongs to the name.")
    String interface_name();

    @AttributeDefinition(
            name = "Onion port",
            description = "Port at which others reach the onion service.",
            min = "1",
            max = "65535")
    int onion_port() default 4242;

    @AttributeDefinition(name = "Control host", description = "Host of tor's control port.")
    String control_host() default "127.0.0.1";

    @AttributeDefinition(
            name = "Control port",
            description = "tor's control port; torrc needs ControlPort 9051 and CookieAuthentication 1.",
            min = "1",
            max = "65535")
    int control_port() default 9051;

    @AttributeDefinition(
            name = "Cookie file",
            description = "File that proves to tor who may control it. Empty: where tor says it is.",
            required = false)
    String control_cookie_file() default "";

    @AttributeDefinition(
            name = "Control password",
            description = "Where torrc has a HashedControlPassword instead of cookies.",
            type = AttributeType.PASSWORD,
            required = false)
    String control_password() default "";

    @AttributeDefinition(
            name = "Local port",
            description = "Where tor hands connections over, on 127.0.0.1 alone. 0: a free one.",
            min = "0",
            max = "65535")
    int listen_port() default 0;

    @AttributeDefinition(
            name = "Patience with publishing (seconds)",
            description = "How long tor may take to publish the service before it is told to be down.",
            min = "1",
            max = "3600")
    int publish_timeout_seconds() default 180;

    @AttributeDefinition(
            name = "Connections at most",
            description = "Further ones are closed at once.",
            min = "1",
            max = "4096")
    int maximum_connections() default 128;

    @AttributeDefinition(
            name = "Pause between attempts (seconds)",
            description = "Before tor is tried again, for example after it was stopped.",
            min = "1",
            max = "3600")
    int reconnect_delay_seconds() default 5;

    @AttributeDefinition(
            name = "Send queue of each connection (bytes)",
            description = "Packets wait here while a connection is slow; what does not fit is dropped and counted.",
            min = "4096",
            max = "67108864")
    int send_queue_bytes() default 262_144;

    @AttributeDefinition(
            name = "Largest packet (bytes)",
            description = "What the TCP interfaces of peers take; 8192 is the usual size.",
            min = "500",
            max = "262144")
    int packet_bytes() default 8_192;

    @AttributeDefinition(
            name = "Assumed bit rate (bits per second)",
            description = "What routing should expect of each connection.",
            min = "5")
    long bitrate_bits_per_second() default 1_000_000;

    String webconsole_configurationFactory_nameHint() default "{interface.name}";
}
