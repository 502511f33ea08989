package io.kairos.transport.local;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one way to a shared instance as its operator writes them. */
@ObjectClassDefinition(
        name = "Kairos local client interface",
        description =
                "Uses the shared instance of this machine, for example rnsd, as its programs do. The node must not"
                        + " forward for others (forward = false in io.kairos.core.router).")
public @interface LocalClientConfig {

    @AttributeDefinition(
            name = "Interface name",
            description = "Short name shown by mesh:status, for example rnsd. Must be unique on this node.")
    String interface_name();

    @AttributeDefinition(
            name = "Instance name",
            description = "The instance_name in the Reticulum configuration of the shared instance.")
    String instance_name() default "default";

    @AttributeDefinition(
            name = "Socket",
            description = "unix: abstract socket, as shared instances have it on Linux; tcp: as elsewhere or with"
                    + " shared_instance_type = tcp; auto: unix on Linux, tcp elsewhere.")
    String socket() default "auto";

    @AttributeDefinition(
            name = "Peer port",
            description = "With tcp: the shared_instance_port of the shared instance, on 127.0.0.1.",
            min = "1",
            max = "65535")
    int peer_port() default 37_428;

    @AttributeDefinition(
            name = "Send queue (bytes)",
            description =
                    "Packets wait here while the shared instance is slow; what does not fit is dropped and counted.",
            min = "1048576",
            max = "268435456")
    int send_queue_bytes() default 16_777_216;

    String webconsole_configurationFactory_nameHint() default "{interface.name} ({instance.name})";
}
