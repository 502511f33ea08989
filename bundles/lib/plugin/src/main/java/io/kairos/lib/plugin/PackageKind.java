package io.kairos.lib.plugin;

import io.kairos.api.failure.MalformedException;
import java.util.Locale;

/** What a package is. */
public enum PackageKind {
    /** A feature repository and its bundles, added to a running node. */
    PLUGIN,
    /** A whole node of a newer version. */
    NODE;

    /** The word of the manifest. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PackageKind of(String word) {
        for (PackageKind kind : values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new MalformedException("unknown kind of package '" + PackageNames.shown(word) + "'");
    }
}
