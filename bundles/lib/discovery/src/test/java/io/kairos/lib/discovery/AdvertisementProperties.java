package io.kairos.lib.discovery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.kairos.api.failure.MalformedException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class AdvertisementProperties {

    @Property(tries = 500)
    void anyBytesAreReadOrRefused(@ForAll @Size(max = 200) byte[] bytes) {
        try {
            Advertisement read = Advertisement.decode(bytes);
            assertArrayEquals(read.encode(), Advertisement.decode(read.encode()).encode());
        } catch (MalformedException refused) {
            // as it should be
        }
    }

    @Property(tries = 300)
    void anyTextIsAPlaceOrNone(@ForAll String text) {
        Places.isIpAddress(text);
        Places.isHostname(text);
        Places.isYggdrasil(text);
        Names.shown(text);
    }
}
