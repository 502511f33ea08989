package io.kairos.admin.update;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One clause of a header in a bundle's manifest, such as {@code a.b;c.d;version="[1,2)";resolution:=optional}.
 *
 * @param parameters attributes and directives, the latter with the colon at the end of their names; without quotes
 */
record HeaderClause(List<String> names, Map<String, String> parameters) {

    /** The clauses of a header; none of one that is missing. */
    static List<HeaderClause> of(String header) {
        List<HeaderClause> clauses = new ArrayList<>();
        if (header == null) {
            return clauses;
        }
        for (String clause : split(header, ',')) {
            List<String> names = new ArrayList<>();
            Map<String, String> parameters = new HashMap<>();
            for (String part : split(clause, ';')) {
                String text = part.strip();
                int equals = text.indexOf('=');
                if (equals > 0) {
                    parameters.put(text.substring(0, equals).strip(), unquoted(text.substring(equals + 1)));
                } else if (!text.isEmpty()) {
                    names.add(text);
                }
            }
            clauses.add(new HeaderClause(names, parameters));
        }
        return clauses;
    }

    String parameter(String name, String otherwise) {
        return parameters.getOrDefault(name, otherwise);
    }

    private static String unquoted(String value) {
        String text = value.strip();
        boolean isQuoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return isQuoted ? text.substring(1, text.length() - 1) : text;
    }

    private static List<String> split(String text, char at) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            quoted ^= text.charAt(i) == '"';
            if (text.charAt(i) == at && !quoted) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }
}
