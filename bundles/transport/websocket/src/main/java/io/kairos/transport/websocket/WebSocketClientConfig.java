package io.kairos.transport.websocket;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one WebSocket client as its operator writes them. */
@ObjectClassDefinition(
        name = "Kairos WebSocket client interface",
        description = "Keeps one connection to a node behind a web site: HTTPS, then WebSocket on a secret path.")
public @interface WebSocketClientConfig {

    @AttributeDefinition(
            name = "Interface name",
            description = "Short name shown by mesh:status, for example quiet-way. Must be unique on this node.")
    String interface_name();

    @AttributeDefinition(
            name = "Peer URL",
            description = "wss://HOST/PATH, where the path is the server's secret.path. A port is named as in"
                    + " wss://HOST:8443/PATH. ws:// is for this machine alone.")
    String peer_url();

    @AttributeDefinition(
            name = "Certificate file",
            description = "PEM file with the only certificates that are trusted: the server's own, or the one of your"
                    + " authority. Empty: what the system trusts.",
            required = false)
    String certificate_file() default "";

    @AttributeDefinition(
            name = "Proxy host",
            description = "HTTP proxy that lets connections through (CONNECT). Empty: none.",
            required = false)
    String proxy_host() default "";

    @AttributeDefinition(name = "Proxy port", description = "TCP port of the proxy.", min = "1", max = "65535")
    int proxy_port() default 3128;

    @AttributeDefinition(
            name = "Proxy user",
            description = "Where the proxy wants to know who asks (Basic). Empty: it does not.",
            required = false)
    String proxy_user() default "";

    @AttributeDefinition(
            name = "Proxy password",
            description = "Goes to the proxy without encryption, as with every program that uses it.",
            type = AttributeType.PASSWORD,
            required = false)
    String proxy_password() default "";

    @AttributeDefinition(
            name = "User agent",
            description = "What the client says it is. Seen by the web server alone, inside of TLS.")
    String user_agent() default "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

    @AttributeDefinition(
            name = "Ping interval (seconds)",
            description = "How often the other end is asked whether it is there. Keep it below the time after which web"
                    + " servers and proxies give up, usually 60 s.",
            min = "1",
            max = "3600")
    int ping_interval_seconds() default 30;

    @AttributeDefinition(
            name = "First reconnect delay (seconds)",
            description = "Pause after a lost connection; doubles with every failure up to the longest delay.",
            min = "1",
            max = "3600")
    int reconnect_delay_seconds() default 5;

    @AttributeDefinition(
            name = "Longest reconnect delay (seconds)",
            description = "Upper limit of the pause between attempts.",
            min = "1",
            max = "86400")
    int reconnect_delay_max_seconds() default 300;

    @AttributeDefinition(
            name = "Connect timeout (seconds)",
            description = "How long an address may take to answer; all of connection, TLS and WebSocket have three"
                    + " times as long.",
            min = "1",
            max = "120")
    int connect_timeout_seconds() default 10;

    @AttributeDefinition(
            name = "Send queue (bytes)",
            description = "Packets wait here while the connection is slow; what does not fit is dropped and counted.",
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
