package io.kairos.admin.roles;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The operator's form: what this node is for. */
@ObjectClassDefinition(name = "Kairos roles", description = "What this node is for.")
public @interface RolesConfig {

    @AttributeDefinition(
            name = "Roles",
            description =
                    "Names of roles, separated by commas; role:list shows them. Not named at all: as they are installed.",
            required = false)
    String[] roles() default {};
}
