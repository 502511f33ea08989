package io.kairos.platform.compat;

import java.lang.StackWalker.StackFrame;
import java.security.AccessController;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.security.auth.Subject;

/**
 * Who may do what in the console. Karaf's role check is woven to ask here in place of itself.
 *
 * <p>There are three roles, each of which includes the ones before: viewer, operator, owner. Karaf's own {@code admin} counts
 * as owner. Other roles are compared by name, as Karaf does.
 */
public final class ConsoleShim {

    /** From the least to the most. */
    static final List<String> LADDER = List.of("viewer", "operator", "owner");

    private static final String KARAFS_OWNER = "admin";
    private static final String ROLE = "org.apache.karaf.jaas.boot.principal.RolePrincipal";
    private static final StackWalker CALLERS = StackWalker.getInstance();

    private ConsoleShim() {}

    /**
     * In place of Karaf's role check, which only says no. A command that is about to run is refused with a sentence; one that
     * is listed or completed is left out, as before.
     *
     * @throws SecurityException with what is needed
     */
    public static boolean currentUserHasRole(String role) {
        Set<String> held = held();
        if (has(held, role)) {
            return true;
        }
        List<String> callers = CALLERS.walk(
                frames -> frames.skip(1).limit(2).map(StackFrame::getMethodName).toList());
        if (callers.equals(List.of("isVisible", "checkSecurity"))) {
            return true; // Karaf would say "not found" here; right after it asks again, with the arguments
        }
        if (callers.get(0).equals("checkSecurity") && LADDER.contains(role)) {
            throw refused(role, held);
        }
        return false;
    }

    static boolean has(Set<String> held, String role) {
        int rung = LADDER.indexOf(role);
        if (rung < 0) {
            return held.contains(role);
        }
        return held.contains(KARAFS_OWNER)
                || LADDER.subList(rung, LADDER.size()).stream().anyMatch(held::contains);
    }

    private static SecurityException refused(String role, Set<String> held) {
        String highest = LADDER.stream()
                .filter(held::contains)
                .reduce((lower, higher) -> higher)
                .map(best -> "you are " + best)
                .orElse("you have none of the roles viewer, operator, owner");
        return new SecurityException("This needs the role " + role + "; " + highest
                + ". Who has which role stands in etc/keys.properties of the node.");
    }

    /** The names of the roles of whoever acts on this thread; none where nobody is logged in. */
    private static Set<String> held() {
        Subject subject = subject();
        Set<String> held = new TreeSet<>();
        if (subject != null) {
            subject.getPrincipals().stream()
                    .filter(principal -> principal.getClass().getName().equals(ROLE))
                    .forEach(principal -> held.add(principal.getName()));
        }
        return held;
    }

    @SuppressWarnings("removal") // the only way below Java 24
    private static Subject subject() {
        return CompatActivator.isNeeded(Runtime.version().feature())
                ? SubjectShim.getSubject(null)
                : Subject.getSubject(AccessController.getContext());
    }
}
