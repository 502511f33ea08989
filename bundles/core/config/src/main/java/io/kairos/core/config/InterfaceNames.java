package io.kairos.core.config;

import io.kairos.api.admin.Configurations.Problem;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the names of interfaces unique. Of two configurations with one name the one keeps it that had it before; where
 * neither had, the one whose file comes first in the alphabet, so that every start decides alike.
 */
final class InterfaceNames {

    private final LastGood lastGood;

    InterfaceNames(LastGood lastGood) {
        this.lastGood = lastGood;
    }

    /** @param all every configuration of an interface there is, this one included or not */
    Optional<Problem> check(Edit edit, Collection<Edit> all) {
        return edit.interfaceName()
                .flatMap(name -> all.stream()
                        .filter(other -> !other.id().equals(edit.id()))
                        .filter(other -> claims(other, name) && hasPrecedence(other, edit, name))
                        .findFirst()
                        .map(other -> new Problem(
                                Edit.INTERFACE_NAME,
                                name,
                                "is the name of another interface already",
                                "Choose another name here or in %s.".formatted(other.shown()))));
    }

    private boolean claims(Edit other, String name) {
        return other.interfaceName().filter(name::equals).isPresent() || holds(other, name);
    }

    private boolean hasPrecedence(Edit other, Edit edit, String name) {
        boolean otherHolds = holds(other, name);
        return otherHolds == holds(edit, name)
                ? edit.id().isEmpty() || other.id().compareTo(edit.id()) < 0
                : otherHolds;
    }

    private boolean holds(Edit edit, String name) {
        Map<String, Object> good = lastGood.find(edit.id()).orElse(Map.of());
        return Edit.nameIn(good).filter(name::equals).isPresent();
    }
}
