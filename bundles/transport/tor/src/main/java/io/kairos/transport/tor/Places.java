package io.kairos.transport.tor;

import io.kairos.api.transport.Endpoint;

/** Where Tor interfaces meet others. */
final class Places {

    private Places() {}

    /** A port behind Tor. Names are compared as they are written; nothing is looked up. */
    static Endpoint of(String host, int port) {
        return new Endpoint("tor", host, Integer.toString(port));
    }
}
