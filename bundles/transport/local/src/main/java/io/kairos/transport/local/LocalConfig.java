package io.kairos.transport.local;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of one shared instance as its operator writes them. */
@ObjectClassDefinition(
        name = "Kairos local interface",
        description = "Serves Reticulum programs on this machine: they use this node without knowing.")
public @interface LocalConfig {

    @AttributeDefinition(
            name = "Interface name",
            description = "Short name shown by mesh:status, for example programs. Must be unique on this node.")
    String interface_name();

    @AttributeDefinition(
            name = "Instance name",
            description = "The instance_name in the Reticulum configuration of the programs.")
    String instance_name() default "default";

    @AttributeDefinition(
            name = "Socket",
            description = "unix: abstract socket, as programs expect on Linux; tcp: as they expect elsewhere or with"
                    + " shared_instance_type = tcp; auto: unix on Linux, tcp elsewhere.")
    String socket() default "auto";

    @AttributeDefinition(
            name = "Listen port",
            description = "With tcp: the shared_instance_port of the programs, on 127.0.0.1.",
            min = "1",
            max = "65535")
    int listen_port() default 37_428;

    @AttributeDefinition(
            name = "Control port",
            description = "With tcp: the instance_control_port of the programs, on 127.0.0.1.",
            min = "1",
            max = "65535")
    int control_port() default 37_429;

    @AttributeDefinition(
            name = "Reticulum folder",
            description =
                    "Folder with the configuration of the programs, for the key of the control socket. Empty: where"
                            + " programs of this user look: /etc/reticulum, ~/.config/reticulum or ~/.reticulum.",
            required = false)
    String reticulum_folder() default "";

    @AttributeDefinition(
            name = "Control key",
            description = "The rpc_key of the programs, hexadecimal. Empty: made from storage/transport_identity in the"
                    + " Reticulum folder, which is made where it is missing.",
            required = false)
    String rpc_key() default "";

    @AttributeDefinition(
            name = "Programs at most",
            description = "Further connections are closed at once.",
            min = "1",
            max = "10000")
    int maximum_programs() default 256;

    @AttributeDefinition(
            name = "Send queue of each program (bytes)",
            description = "Packets wait here while a program is slow; what does not fit is dropped and counted.",
            min = "1048576",
            max = "268435456")
    int send_queue_bytes() default 16_777_216;

    String webconsole_configurationFactory_nameHint() default "{interface.name} ({instance.name})";
}
