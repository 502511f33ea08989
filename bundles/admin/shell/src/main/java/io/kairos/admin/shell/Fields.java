package io.kairos.admin.shell;

import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the fields of a JSON object in their order. */
public final class Fields {

    private final Map<String, Object> fields = new LinkedHashMap<>();

    public Fields put(String key, Object value) {
        fields.put(key, value);
        return this;
    }

    public Map<String, Object> toMap() {
        return fields;
    }
}
