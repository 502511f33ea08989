package io.kairos.platform.compat;

import java.security.AccessControlContext;
import java.security.PrivilegedAction;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.concurrent.Callable;
import javax.security.auth.Subject;
import javax.security.auth.SubjectDomainCombiner;

/**
 * Who is acting on this thread: what {@code Subject.getSubject} answered before JDK 24. Woven classes call these methods
 * in place of the JDK's, so names and signatures are the JDK's.
 *
 * <p>The subject follows the creation of threads, as access control contexts did.
 */
@SuppressWarnings("removal") // the types of the calls that are replaced
public final class SubjectShim {

    private static final InheritableThreadLocal<Subject> ACTING = new InheritableThreadLocal<>();

    private SubjectShim() {}

    /** In place of {@code Subject.getSubject}: the subject of the calling thread, or null where nobody is logged in. */
    public static Subject getSubject(AccessControlContext ignored) {
        return ACTING.get();
    }

    /** In place of {@code AccessController.doPrivileged}: runs as the subject that the context carries, if any. */
    public static <T> T doPrivileged(PrivilegedAction<T> action, AccessControlContext context) {
        Subject before = enter(context);
        try {
            return action.run();
        } finally {
            leave(before);
        }
    }

    /**
     * In place of {@code AccessController.doPrivileged}: runs as the subject that the context carries, if any.
     *
     * @throws PrivilegedActionException around a checked exception of the action
     */
    public static <T> T doPrivileged(PrivilegedExceptionAction<T> action, AccessControlContext context)
            throws PrivilegedActionException {
        return checked(action::run, enter(context));
    }

    private static <T> T checked(Callable<T> action, Subject before) throws PrivilegedActionException {
        try {
            return action.call();
        } catch (RuntimeException unchecked) {
            throw unchecked;
        } catch (Exception checked) {
            throw new PrivilegedActionException(checked);
        } finally {
            leave(before);
        }
    }

    private static Subject enter(AccessControlContext context) {
        Subject before = ACTING.get();
        if (context != null && context.getDomainCombiner() instanceof SubjectDomainCombiner combiner) {
            ACTING.set(combiner.getSubject());
        }
        return before;
    }

    private static void leave(Subject before) {
        if (before == null) {
            ACTING.remove();
        } else {
            ACTING.set(before);
        }
    }
}
