package io.kairos.platform.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.security.auth.Subject;
import javax.security.auth.SubjectDomainCombiner;
import org.junit.jupiter.api.Test;

@SuppressWarnings("removal") // the types of the calls that are replaced
class SubjectShimTest {

    private final Subject alice = new Subject();
    private final Subject bob = new Subject();

    /** Asks who is acting, in the words Karaf uses. */
    public static final class AsKarafDoes implements Supplier<Subject> {

        @Override
        public Subject get() {
            return Subject.getSubject(AccessController.getContext());
        }
    }

    @Test
    void nobodyActsAtFirst() {
        assertNull(SubjectShim.getSubject(AccessController.getContext()));
    }

    @Test
    void theSubjectOfTheContextActsUntilTheActionEnds() {
        assertSame(alice, SubjectShim.doPrivileged(actor(), contextOf(alice)));
        assertNull(SubjectShim.getSubject(null));
    }

    @Test
    void anInnerSubjectGivesWayToTheOuterOne() {
        PrivilegedAction<Subject> outer = () -> {
            assertSame(bob, SubjectShim.doPrivileged(actor(), contextOf(bob)));
            return SubjectShim.getSubject(null);
        };
        assertSame(alice, SubjectShim.doPrivileged(outer, contextOf(alice)));
    }

    @Test
    void aContextWithoutSubjectChangesNothing() {
        PrivilegedAction<Subject> outer = () -> SubjectShim.doPrivileged(actor(), null);
        assertSame(alice, SubjectShim.doPrivileged(outer, contextOf(alice)));
    }

    @Test
    void aThreadStartedByAliceActsAsAlice() throws InterruptedException {
        AtomicReference<Subject> seen = new AtomicReference<>();
        Thread thread = SubjectShim.doPrivileged(
                (PrivilegedAction<Thread>) () -> new Thread(() -> seen.set(SubjectShim.getSubject(null))),
                contextOf(alice));
        thread.start();
        thread.join();
        assertSame(alice, seen.get());
    }

    @Test
    void exceptionsLeaveAsTheJdkWouldLetThem() {
        PrivilegedExceptionAction<Void> checked = () -> {
            throw new IOException("disk");
        };
        PrivilegedExceptionAction<Void> unchecked = () -> {
            throw new IllegalStateException("state");
        };

        var wrapped = assertThrows(
                PrivilegedActionException.class, () -> SubjectShim.doPrivileged(checked, contextOf(alice)));
        assertEquals("disk", wrapped.getException().getMessage());
        assertThrows(IllegalStateException.class, () -> SubjectShim.doPrivileged(unchecked, contextOf(alice)));
        assertNull(SubjectShim.getSubject(null));
    }

    @Test
    void aWovenClassAsksTheShim() throws ReflectiveOperationException {
        byte[] woven = CallRetargeter.retarget(
                        CallRetargeterTest.classFile(AsKarafDoes.class), SubjectWeaver.CALLS, SubjectWeaver.SHIM)
                .orElseThrow();
        Supplier<?> asking = (Supplier<?>) new CallRetargeterTest.Loader()
                .define(AsKarafDoes.class.getName(), woven)
                .getConstructor()
                .newInstance();

        assertSame(alice, SubjectShim.doPrivileged((PrivilegedAction<Object>) asking::get, contextOf(alice)));
    }

    @Test
    void onlyNewerJavaNeedsTheShim() {
        assertFalse(CompatActivator.isNeeded(17));
        assertFalse(CompatActivator.isNeeded(23));
        assertTrue(CompatActivator.isNeeded(24));
        assertTrue(CompatActivator.isNeeded(25));
    }

    private static PrivilegedAction<Subject> actor() {
        return () -> SubjectShim.getSubject(null);
    }

    private static AccessControlContext contextOf(Subject subject) {
        return new AccessControlContext(
                new AccessControlContext(new ProtectionDomain[0]), new SubjectDomainCombiner(subject));
    }
}
