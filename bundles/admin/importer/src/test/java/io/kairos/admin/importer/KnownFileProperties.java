package io.kairos.admin.importer;

import io.kairos.api.failure.MalformedException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class KnownFileProperties {

    @Property(tries = 500)
    void noBytesCauseAnythingButARefusal(@ForAll byte[] noise) {
        try {
            KnownFile.read(noise);
        } catch (MalformedException expected) {
            // refusing is fine; any other exception fails the property
        }
        KnownFile.ratchet(noise, 0);
    }
}
