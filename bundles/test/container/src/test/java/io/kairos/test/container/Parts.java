package io.kairos.test.container;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;

/**
 * What runs in the node at one moment: the incarnation of each Kairos bundle, and what it offers as services. Knows no type
 * of the node.
 */
record Parts(Map<String, String> bundles, Map<Long, String> services) {

    private static final List<String> TELLING = List.of("interface.name", "network", "suite");

    static Parts of(BundleContext context) {
        Map<String, String> bundles = new TreeMap<>();
        Map<Long, String> services = new TreeMap<>();
        for (Bundle bundle : kairos(context)) {
            bundles.put(
                    bundle.getSymbolicName(),
                    Node.stateOf(bundle) + ", wiring "
                            + System.identityHashCode(bundle.adapt(BundleWiring.class)) + ", context "
                            + System.identityHashCode(bundle.getBundleContext()));
            ServiceReference<?>[] offered = bundle.getRegisteredServices();
            for (ServiceReference<?> service : offered == null ? new ServiceReference<?>[0] : offered) {
                services.put((Long) service.getProperty(Constants.SERVICE_ID), nameOf(bundle, service));
            }
        }
        return new Parts(bundles, services);
    }

    /** All bundles of Kairos but those of tests. */
    static List<Bundle> kairos(BundleContext context) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName() != null
                        && bundle.getSymbolicName().startsWith("io.kairos.")
                        && !bundle.getSymbolicName().startsWith("io.kairos.test."))
                .toList();
    }

    /** Everything runs and is offered that was before, whichever incarnation of it. */
    boolean areBackIn(Parts now) {
        return states(bundles).equals(states(now.bundles)) && count(services).equals(count(now.services));
    }

    /** What of this is missing there, and what is there in addition. */
    String missingIn(Parts now) {
        Map<String, String> states = states(now.bundles);
        states.entrySet().removeAll(states(bundles).entrySet());
        Map<String, Long> gone = count(services);
        gone.entrySet().removeAll(count(now.services).entrySet());
        Map<String, Long> more = count(now.services);
        more.entrySet().removeAll(count(services).entrySet());
        return "bundles " + states + ", services gone " + gone + ", services new " + more;
    }

    /** Bundles that run in another incarnation now. */
    Set<String> restartedIn(Parts now) {
        Set<String> names = new TreeSet<>();
        bundles.forEach((name, incarnation) -> {
            if (!incarnation.equals(now.bundles.get(name))) {
                names.add(name);
            }
        });
        return names;
    }

    /** Services of bundles other than these that were given up, even if the same is offered again. */
    Set<String> renewedIn(Parts now, Set<String> restarted) {
        Set<String> names = new TreeSet<>();
        services.forEach((id, name) -> {
            if (!now.services.containsKey(id) && !restarted.contains(name.substring(0, name.indexOf(' ')))) {
                names.add(name);
            }
        });
        return names;
    }

    private static Map<String, String> states(Map<String, String> bundles) {
        Map<String, String> states = new TreeMap<>(bundles);
        states.replaceAll((name, incarnation) -> incarnation.substring(0, incarnation.indexOf(',')));
        return states;
    }

    private static Map<String, Long> count(Map<Long, String> services) {
        return services.values().stream()
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    }

    private static String nameOf(Bundle bundle, ServiceReference<?> service) {
        StringBuilder name = new StringBuilder(bundle.getSymbolicName());
        for (String type : (String[]) service.getProperty(Constants.OBJECTCLASS)) {
            name.append(' ').append(type.substring(type.lastIndexOf('.') + 1));
        }
        for (String key : TELLING) {
            Object value = service.getProperty(key);
            if (value != null) {
                name.append(' ').append(value);
            }
        }
        return name.toString();
    }
}
