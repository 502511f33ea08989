package io.kairos.transport.websocket;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one WebSocket server as its operator writes them. */
@ObjectClassDefinition(
        name = "Kairos WebSocket server interface",
        description =
                "A small web site that becomes a way into the mesh for those who know its secret path. Behind a web"
                        + " server, or with a certificate of its own.")
public @interface WebSocketServerConfig {

    @AttributeDefinition(
            name = "Interface name",
            description = "Short name shown by mesh:status, for example site. Must be unique on this node.")
    String interface_name();

    @AttributeDefinition(
            name = "Secret path",
            description =
                    "Path that only the peers know: a slash and at least 16 letters or digits; openssl rand -hex 16"
                            + " draws one. Everything else is answered like a page that does not exist.")
    String secret_path();

    @AttributeDefinition(
            name = "Listen host",
            description = "Address to listen on; * for all. The default is right behind a web server on this machine.")
    String listen_host() default "127.0.0.1";

    @AttributeDefinition(name = "Listen port", description = "TCP port.", min = "1", max = "65535")
    int listen_port() default 8_480;

    @AttributeDefinition(
            name = "Certificate file",
            description = "PEM file with the certificate and its chain; with it, the server speaks TLS 1.3 by itself."
                    + " Empty: plain HTTP, for a web server in front.",
            required = false)
    String tls_certificate_file() default "";

    @AttributeDefinition(
            name = "Key file",
            description = "PEM file with the certificate's key (BEGIN PRIVATE KEY, no passphrase). Both files are read"
                    + " again when they change.",
            required = false)
    String tls_key_file() default "";

    @AttributeDefinition(
            name = "Site folder",
            description = "Folder with the pages that visitors see, with an index.html. Empty: one neutral page.",
            required = false)
    String site_folder() default "";

    @AttributeDefinition(
            name = "Most connections",
            description = "Peers at the same time; further ones are hung up on.",
            min = "1",
            max = "4096")
    int maximum_connections() default 256;

    @AttributeDefinition(
            name = "Most connections per address",
            description =
                    "Peers and visitors of one IPv4 address or IPv6 /64 network; this machine itself is exempt, so"
                            + " behind a web server this is that server's task.",
            min = "1",
            max = "4096")
    int maximum_connections_per_address() default 16;

    @AttributeDefinition(
            name = "Ping interval (seconds)",
            description = "How often peers are asked whether they are there.",
            min = "1",
            max = "3600")
    int ping_interval_seconds() default 30;

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
