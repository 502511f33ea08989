package io.kairos.platform.compat;

import java.io.IOException;
import java.lang.StackWalker.StackFrame;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.security.AccessController;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.security.auth.Subject;

/**
 * Who may do what in the console. Woven classes call these methods in place of their own.
 *
 * <p>There are three roles, each of which includes the ones before: viewer, operator, owner. Karaf's own {@code admin} counts
 * as owner. Other roles are compared by name, as Karaf does.
 */
public final class ConsoleShim {

    /** From the least to the most. */
    static final List<String> LADDER = List.of("viewer", "operator", "owner");

    private static final String OWNER = "owner";
    private static final String KARAFS_OWNER = "admin";
    private static final String ROLE = "org.apache.karaf.jaas.boot.principal.RolePrincipal";
    private static final String REFLECTIVE = "org.apache.felix.gogo.runtime.Reflective";
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
            throw refused("This command needs the role " + role, held);
        }
        return false;
    }

    /**
     * In place of the script language's call of any method of any object, with which every check could be gone round.
     *
     * @throws SecurityException for everybody but an owner
     */
    public static Object invoke(Object session, Object target, String name, List<Object> arguments) throws Exception {
        requireOwner("Calling methods of Java objects needs the role owner");
        ClassLoader console = session.getClass().getClassLoader();
        Class<?> reflective = Class.forName(REFLECTIVE, true, console);
        for (Method method : reflective.getMethods()) {
            if (method.getName().equals("invoke") && method.getParameterCount() == 4) {
                try {
                    return method.invoke(null, session, target, name, arguments);
                } catch (InvocationTargetException e) {
                    if (e.getCause() instanceof Exception cause) {
                        throw cause;
                    }
                    throw e;
                }
            }
        }
        throw new NoSuchMethodException(REFLECTIVE + ".invoke");
    }

    /**
     * In place of opening the file of a redirection ({@code >}, {@code >>}, {@code <}).
     *
     * @throws SecurityException for everybody but an owner
     */
    public static SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        requireOwner("Redirecting to and from files needs the role owner");
        return Files.newByteChannel(path, options, attributes);
    }

    private static void requireOwner(String sentence) {
        Set<String> held = held();
        if (!has(held, OWNER)) {
            throw refused(sentence, held);
        }
    }

    static boolean has(Set<String> held, String role) {
        int rung = LADDER.indexOf(role);
        if (rung < 0) {
            return held.contains(role);
        }
        return held.contains(KARAFS_OWNER)
                || LADDER.subList(rung, LADDER.size()).stream().anyMatch(held::contains);
    }

    private static SecurityException refused(String sentence, Set<String> held) {
        String highest = LADDER.stream()
                .filter(held::contains)
                .reduce((lower, higher) -> higher)
                .map(role -> "you are " + role)
                .orElse("you have none of the roles viewer, operator, owner");
        return new SecurityException(
                sentence + "; " + highest + ". Who has which role stands in etc/keys.properties of the node.");
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
