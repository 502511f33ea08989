package io.kairos.messaging.files;

import io.kairos.api.failure.MalformedException;
import java.nio.charset.StandardCharsets;

/** Makes the name that somebody else gave a file safe for a folder of ours. Pure. */
final class SafeName {

    /** Most file systems take no longer names; room for a number behind it is kept. */
    static final int MAXIMUM_BYTES = 240;

    private static final String RESERVED = "<>:\"|?*";
    private static final int LONGEST_GIVEN = 4_096;

    private SafeName() {}

    /**
     * The base name, without any way to it, control characters and characters that steer the direction of text.
     *
     * @throws MalformedException where nothing is left that could be a name
     */
    static String of(byte[] given) {
        if (given.length > LONGEST_GIVEN) {
            throw new MalformedException("the name of a file is too long");
        }
        String text = new String(given, StandardCharsets.UTF_8);
        String base = text.substring(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
        StringBuilder safe = new StringBuilder();
        base.codePoints().forEach(point -> safe.appendCodePoint(isSafe(point) ? point : '_'));
        String name = safe.toString().strip();
        if (name.isEmpty() || name.chars().allMatch(character -> character == '.')) {
            throw new MalformedException("the name of a file is no name");
        }
        return shortened(name);
    }

    private static boolean isSafe(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> RESERVED.indexOf(point) < 0;
        };
    }

    /** Cuts the middle, so that the extension stays. */
    private static String shortened(String name) {
        if (bytes(name) <= MAXIMUM_BYTES) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String extension = dot > 0 && bytes(name.substring(dot)) <= 32 ? name.substring(dot) : "";
        String stem = name.substring(0, name.length() - extension.length());
        while (bytes(stem) + bytes(extension) > MAXIMUM_BYTES) {
            stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
        }
        return stem + extension;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
