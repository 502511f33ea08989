package io.kairos.test.conformance;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** Settings as ConfigAdmin has them and as Declarative Services types them: {@code peer_port()} reads {@code peer.port}. */
final class Form {

    private final Map<String, Object> values = new HashMap<>();

    Form set(String key, Object value) {
        values.put(key, value);
        return this;
    }

    Map<String, Object> map() {
        return values;
    }

    <A extends Annotation> A as(Class<A> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> method.getName().equals("annotationType") ? type : value(method)));
    }

    private Object value(Method method) {
        Object value = values.get(method.getName().replace('_', '.'));
        return value == null ? method.getDefaultValue() : value;
    }
}
