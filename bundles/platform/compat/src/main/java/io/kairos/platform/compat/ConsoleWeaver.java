package io.kairos.platform.compat;

import java.util.Set;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.hooks.weaving.WovenClass;

/** Points the place where the console asks who may do what at {@link ConsoleShim}. */
final class ConsoleWeaver implements WeavingHook {

    private static final String CHECKS = "org.apache.karaf.shell.impl.console.osgi.secured.SecuredSessionFactoryImpl";

    /** A static call, as {@code owner.name descriptor}, that the shim answers. */
    static final Set<String> CALLS = Set.of(CHECKS.replace('.', '/') + ".currentUserHasRole(Ljava/lang/String;)Z");

    static final String SHIM = "io/kairos/platform/compat/ConsoleShim";

    @Override
    public void weave(WovenClass woven) {
        if (woven.getClassName().equals(CHECKS)) {
            CallRetargeter.retarget(woven.getBytes(), CALLS, SHIM).ifPresent(bytes -> {
                woven.setBytes(bytes);
                woven.getDynamicImports().add(ConsoleWeaver.class.getPackageName());
            });
        }
    }
}
