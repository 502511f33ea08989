package io.kairos.test.contract;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** Settings of one interface as a container would hand them over: as a map and as the typed annotation. */
public final class Settings {

    private final Map<String, Object> values;

    private Settings(Map<String, Object> values) {
        this.values = values;
    }

    /** Settings from keys and values in turn. */
    public static Settings of(Object... keysAndValues) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return new Settings(values);
    }

    /** The same settings with others on top. */
    public Settings with(Map<String, ?> others) {
        Map<String, Object> all = new HashMap<>(values);
        all.putAll(others);
        return new Settings(all);
    }

    /** The settings as ConfigAdmin has them. */
    public Map<String, Object> map() {
        return Map.copyOf(values);
    }

    /** The settings as Declarative Services would type them: {@code peer_port()} reads {@code peer.port}. */
    public <A extends Annotation> A as(Class<A> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (method.getName().equals("annotationType")) {
                return type;
            }
            return convert(method, values.get(method.getName().replace('_', '.')));
        }));
    }

    private static Object convert(Method method, Object value) {
        Class<?> wanted = method.getReturnType();
        if (value == null) {
            Object otherwise = method.getDefaultValue();
            return otherwise != null ? otherwise : zero(wanted);
        }
        String text = value.toString();
        if (wanted == int.class) {
            return Integer.valueOf(text);
        }
        if (wanted == long.class) {
            return Long.valueOf(text);
        }
        if (wanted == double.class) {
            return Double.valueOf(text);
        }
        if (wanted == boolean.class) {
            return Boolean.valueOf(text);
        }
        if (wanted == String[].class) {
            return value instanceof String[] ? value : text.split(",");
        }
        return text;
    }

    private static Object zero(Class<?> type) {
        if (type == int.class) {
            return 0;
        }
        if (type == long.class) {
            return 0L;
        }
        if (type == double.class) {
            return 0.0;
        }
        return type == boolean.class ? Boolean.FALSE : null;
    }
}
