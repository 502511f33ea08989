package io.kairos.api.admin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Which settings come from the roles of this node. The operator's own settings always hold; a role fills in what they do not
 * name, and takes it back when it leaves. Threads: any.
 */
@ProviderType
public interface RoleSettings {

    /** Every value that a role of this node gives, for each configuration it is for. */
    List<Value> values();

    /**
     * One value of one role for one configuration.
     *
     * @param role whose
     * @param pid what the role says it is for
     * @param key which setting
     * @param value what the role says
     * @param configuration which configuration, as its operator knows it; empty where there is none
     * @param standing what became of it
     * @param inForce what holds in its place; secrets are shown as dots; empty where the value holds or nothing does
     * @param reason for {@link Standing#WRONG} why, for {@link Standing#OTHER_ROLE} which role; otherwise empty
     */
    record Value(
            String role,
            String pid,
            String key,
            String value,
            String configuration,
            Standing standing,
            String inForce,
            String reason) {}

    /** What became of a value. */
    enum Standing {
        /** It holds. */
        HOLDS,
        /** The operator says something for this key. */
        OVERRIDDEN,
        /** Another role that comes first says something else. */
        OTHER_ROLE,
        /** The part it is for refuses it. */
        WRONG,
        /** There is no such configuration at the moment. */
        WAITS
    }
}
