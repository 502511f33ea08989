package io.kairos.admin.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Services as a test wants them. */
public final class FakeServices implements Services {

    private final Map<Class<?>, List<Object>> present = new HashMap<>();

    public <T> FakeServices with(Class<T> type, T service) {
        present.computeIfAbsent(type, key -> new ArrayList<>()).add(service);
        return this;
    }

    @Override
    public <T> List<T> all(Class<T> type) {
        return present.getOrDefault(type, List.of()).stream().map(type::cast).toList();
    }
}
