package io.kairos.transport.i2p;

import io.kairos.api.failure.MalformedException;
import java.util.Base64;

/** Base64 as I2P writes it: {@code -} and {@code ~} stand for {@code +} and {@code /}; padded. */
final class I2pBase64 {

    private I2pBase64() {}

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes).replace('+', '-').replace('/', '~');
    }

    /** @throws MalformedException where it is anything else */
    static byte[] decode(String text) {
        if (text.indexOf('+') >= 0 || text.indexOf('/') >= 0) {
            throw new MalformedException("not the alphabet of I2P");
        }
        try {
            return Base64.getDecoder().decode(text.replace('-', '+').replace('~', '/'));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("not Base64 of I2P");
        }
    }
}
