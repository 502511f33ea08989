package io.kairos.admin.shell.identity;

import io.kairos.admin.shell.Arguments;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.LocalIdentity;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds and names identities of this node. */
final class Identities {

    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,64}");

    private Identities() {}

    /** The identity with this name, or with this hash. */
    static LocalIdentity find(IdentityStore store, String text) {
        return store.find(text)
                .or(() -> Arguments.looksLikeHash(text) ? store.find(Arguments.identity(text)) : Optional.empty())
                .orElseThrow(() -> Arguments.wrong(
                        "This node has no identity '%s'.".formatted(text),
                        "There is: "
                                + store.all().stream().map(LocalIdentity::name).collect(Collectors.joining(", "))
                                + ". Identities of others are shown by mesh:explain."));
    }

    /** A name for a new identity. */
    static String newName(IdentityStore store, String name) {
        if (!NAME.matcher(name).matches()) {
            throw Arguments.wrong(
                    "'%s' is no name for an identity.".formatted(name),
                    "Use 1 to 64 of the characters a-z, 0-9, dot, hyphen and underscore.");
        }
        if (store.find(name).isPresent()) {
            throw Arguments.wrong(
                    "An identity '%s' exists already.".formatted(name),
                    "Nothing is overwritten: choose another name; identity:list shows those in use.");
        }
        return name;
    }
}
