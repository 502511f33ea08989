package io.kairos.test.contract;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.helpers.FormattingTuple;
import org.slf4j.helpers.MessageFormatter;

/** Keeps what is logged above DEBUG, so that a test can look for what does not belong there. One for each process. */
public final class RecordedLog implements ILoggerFactory {

    /** The back end of SLF4J in tests that have this module first on their class path. */
    public static final RecordedLog INSTANCE = new RecordedLog();

    private static final Set<String> LEVELS = Set.of("info", "warn", "error");

    private final Map<String, Logger> loggers = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

    private RecordedLog() {}

    @Override
    public Logger getLogger(String name) {
        return loggers.computeIfAbsent(name, this::logger);
    }

    public void clear() {
        lines.clear();
    }

    /** Message and exceptions of each entry since {@link #clear}; stack traces are left out. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    private Logger logger(String name) {
        return (Logger) Proxy.newProxyInstance(
                Logger.class.getClassLoader(),
                new Class<?>[] {Logger.class},
                (proxy, method, arguments) -> called(name, method, arguments));
    }

    private Object called(String name, Method method, Object[] arguments) {
        if (method.getReturnType() == boolean.class) { // isInfoEnabled and its like
            return LEVELS.stream().anyMatch(level -> method.getName().equalsIgnoreCase("is" + level + "enabled"));
        }
        if (LEVELS.contains(method.getName())) {
            lines.add(text(
                    arguments[0] instanceof Marker ? Arrays.copyOfRange(arguments, 1, arguments.length) : arguments));
        }
        return method.getReturnType() == String.class ? name : null;
    }

    private static String text(Object[] arguments) {
        Object[] values = Arrays.copyOfRange(arguments, 1, arguments.length);
        if (values.length == 1 && values[0] instanceof Object[] many) {
            values = many;
        }
        FormattingTuple formatted = MessageFormatter.arrayFormat((String) arguments[0], values);
        StringBuilder text = new StringBuilder(formatted.getMessage());
        for (Throwable cause = formatted.getThrowable(); cause != null; cause = cause.getCause()) {
            text.append(" / ").append(cause);
        }
        return text.toString();
    }
}
