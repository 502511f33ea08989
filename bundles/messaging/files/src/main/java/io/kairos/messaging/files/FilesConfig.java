package io.kairos.messaging.files;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The operator's form. Nothing is taken or given out unless switched on. */
@ObjectClassDefinition(
        name = "Kairos files",
        description = "Which files others may send to this node or fetch from it.")
public @interface FilesConfig {

    @AttributeDefinition(name = "Receive", description = "Whether the identities listed may send files to this node.")
    boolean receive_enabled() default false;

    @AttributeDefinition(
            name = "Folder for received files",
            description = "Relative paths start in the node's folder.",
            required = false)
    String receive_folder() default "files/received";

    @AttributeDefinition(
            name = "Overwrite",
            description = "Whether a received file replaces one of the same name; otherwise .1, .2 and so on is added.")
    boolean receive_overwrite() default false;

    @AttributeDefinition(
            name = "Largest file (bytes)",
            description = "What is longer is refused; 0: what fits on the disk.",
            min = "0")
    long receive_limit_bytes() default 0;

    @AttributeDefinition(
            name = "Give out",
            description = "Whether the identities listed may fetch files from the folder below.")
    boolean fetch_enabled() default false;

    @AttributeDefinition(
            name = "Folder of files to give out",
            description = "Nothing outside of it can be fetched, also not over links in it.",
            required = false)
    String fetch_folder() default "files/shared";

    @AttributeDefinition(
            name = "Allowed identities",
            description = "Identity hashes (32 hexadecimal digits) with commas between them.")
    String[] allowed() default {};

    @AttributeDefinition(
            name = "Everybody",
            description = "true: nobody has to be on the list, and nobody has to say who he is.")
    boolean everybody() default false;

    @AttributeDefinition(
            name = "Announce interval (seconds)",
            description = "0: only at the start.",
            min = "0",
            max = "604800")
    int announce_interval_seconds() default 0;

    @AttributeDefinition(
            name = "Identity",
            description = "Name of the identity whose destination receives; it is made where there is none.")
    String identity() default "rncp";
}
