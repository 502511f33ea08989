package io.kairos.platform.compat;

import java.util.Map;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.hooks.weaving.WovenClass;

/** Points the places where the console decides who may do what at {@link ConsoleShim}. */
final class ConsoleWeaver implements WeavingHook {

    private static final String GOGO = "org/apache/felix/gogo/runtime/";
    private static final String CHECKS = "org/apache/karaf/shell/impl/console/osgi/secured/SecuredSessionFactoryImpl";
    private static final String ARGUMENTS = "Ljava/lang/Object;Ljava/lang/String;Ljava/util/List;)Ljava/lang/Object;";
    private static final String CHANNEL =
            "(Ljava/nio/file/Path;Ljava/util/Set;[Ljava/nio/file/attribute/FileAttribute;)Ljava/nio/channels/SeekableByteChannel;";

    /** Static calls, as {@code owner.name descriptor}, with the arguments of what answers in their place. */
    static final Map<String, String> CALLS = Map.of(
            CHECKS + ".currentUserHasRole(Ljava/lang/String;)Z",
            "(Ljava/lang/String;)Z",
            GOGO + "Reflective.invoke(Lorg/apache/felix/service/command/CommandSession;" + ARGUMENTS,
            "(Ljava/lang/Object;" + ARGUMENTS,
            "java/nio/file/Files.newByteChannel" + CHANNEL,
            CHANNEL);

    static final String SHIM = "io/kairos/platform/compat/ConsoleShim";

    @Override
    public void weave(WovenClass woven) {
        String name = woven.getClassName();
        if (name.startsWith(GOGO.replace('/', '.')) || name.equals(CHECKS.replace('/', '.'))) {
            CallRetargeter.retarget(woven.getBytes(), CALLS, SHIM).ifPresent(bytes -> {
                woven.setBytes(bytes);
                woven.getDynamicImports().add(ConsoleWeaver.class.getPackageName());
            });
        }
    }
}
