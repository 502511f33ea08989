package io.kairos.platform.compat;

import java.util.Set;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.hooks.weaving.WovenClass;

/** Points Karaf's calls to {@code Subject.getSubject} and {@code AccessController.doPrivileged} at {@link SubjectShim}. */
final class SubjectWeaver implements WeavingHook {

    private static final String CONTEXT = "Ljava/security/AccessControlContext;";

    /** Static calls, as {@code owner.name descriptor}, that the shim answers one for one. */
    static final Set<String> CALLS = Set.of(
            "javax/security/auth/Subject.getSubject(" + CONTEXT + ")Ljavax/security/auth/Subject;",
            "java/security/AccessController.doPrivileged(Ljava/security/PrivilegedAction;" + CONTEXT
                    + ")Ljava/lang/Object;",
            "java/security/AccessController.doPrivileged(Ljava/security/PrivilegedExceptionAction;" + CONTEXT
                    + ")Ljava/lang/Object;");

    static final String SHIM = "io/kairos/platform/compat/SubjectShim";

    @Override
    public void weave(WovenClass woven) {
        if (woven.getClassName().startsWith("org.apache.karaf.")) {
            CallRetargeter.retarget(woven.getBytes(), CALLS, SHIM).ifPresent(bytes -> {
                woven.setBytes(bytes);
                woven.getDynamicImports().add(SubjectWeaver.class.getPackageName());
            });
        }
    }
}
