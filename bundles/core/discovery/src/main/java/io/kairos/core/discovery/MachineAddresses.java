package io.kairos.core.discovery;

import io.kairos.lib.discovery.Places;
import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses that this machine has at the moment. */
final class MachineAddresses {

    private static final Logger LOG = LoggerFactory.getLogger(MachineAddresses.class);

    private MachineAddresses() {}

    /** Whether a daemon of Yggdrasil has given it one, so that others there can be called. */
    static boolean inYggdrasil() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(Inet6Address.class::isInstance)
                    .anyMatch(address -> isYggdrasil(address.getHostAddress()));
        } catch (SocketException e) {
            LOG.debug("The addresses of this machine cannot be read: {}", e.toString());
            return false;
        }
    }

    /** @param text with the name of its device where it has one */
    static boolean isYggdrasil(String text) {
        int zone = text.indexOf('%');
        return Places.isYggdrasil(zone < 0 ? text : text.substring(0, zone));
    }
}
