package io.kairos.core.store;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The name of a document, checked, and the files that belong to it. A tilde separates the name from what the file is: no
 * name contains one, so no document can be mistaken for a folder or for another generation.
 *
 * <pre>
 *  NAME~doc            the document
 *  NAME~old            what it was before the last write
 *  NAME~tmp-xxxxxxxx   a write under way, or one that a power cut ended
 * </pre>
 */
record DocumentName(String text) {

    static final String CURRENT = "~doc";
    static final String PREVIOUS = "~old";
    static final String TEMPORARY = "~tmp-";

    private static final String PART = "(?!\\.)[a-z0-9._-]{1,64}";
    private static final Pattern NAME = Pattern.compile(PART + "(/" + PART + "){0,7}");

    DocumentName {
        if (!isValid(text)) {
            // The name itself is not repeated: it may come from outside.
            throw new IllegalArgumentException(
                    "a document name is one to eight parts of [a-z0-9._-]{1,64}, none starting with a dot");
        }
    }

    static boolean isValid(String text) {
        return NAME.matcher(text).matches();
    }

    Path file(Path folder, String suffix) {
        return folder.resolve(text + suffix);
    }

    /** What logs and failures may show: the folder, because the last part may be an address. */
    String shown() {
        int slash = text.indexOf('/');
        return slash < 0 ? text : text.substring(0, slash) + "/\u2026";
    }
}
