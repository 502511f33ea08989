package io.kairos.api.identity;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names of networks. One node may serve several meshes that share nothing: each has its own identities, router,
 * endpoints and interfaces. Whoever offers something for a network says so in the service property {@link #PROPERTY};
 * whoever uses such a service looks at it.
 *
 * <p>The network {@link #MAIN} is always there. Every other one is made by a configuration of the factory {@link #PID}, in a
 * file {@code etc/io.kairos.network-NAME.cfg}, and bears the name of that file.
 */
public final class Networks {

    /** Name of the network that needs no configuration. */
    public static final String MAIN = "main";

    /** Service property: the network a service belongs to; a service without it belongs to {@link #MAIN}. */
    public static final String PROPERTY = "network";

    /** Target of references to services of {@link #MAIN}: also those that say nothing. */
    public static final String IN_MAIN = "(|(network=main)(!(network=*)))";

    /** Factory PID of the configurations that make networks. */
    public static final String PID = "io.kairos.network";

    /** What names look like, for operators. */
    public static final String EXPECTED = "one to 64 of a-z, 0-9, underscore and hyphen";

    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,64}");

    private Networks() {}

    /** Whether a network may be called so; {@link #MAIN} may. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** The network a service belongs to. */
    public static String of(Map<String, ?> serviceProperties) {
        Object value = serviceProperties.get(PROPERTY);
        return value == null ? MAIN : value.toString();
    }

    /**
     * The network that a configuration of {@link #PID} makes: what follows the factory PID in its own PID.
     *
     * @param properties the configuration as a component gets it
     * @return empty where that is no name for a network beside {@link #MAIN}
     */
    public static Optional<String> madeBy(Map<String, ?> properties) {
        return Optional.ofNullable(properties.get("service.pid"))
                .map(Object::toString)
                .filter(pid -> pid.startsWith(PID + "~"))
                .map(pid -> pid.substring(PID.length() + 1))
                .filter(name -> isName(name) && !name.equals(MAIN));
    }
}
