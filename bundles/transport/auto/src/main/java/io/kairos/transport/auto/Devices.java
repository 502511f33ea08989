package io.kairos.transport.auto;

import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The system interfaces that can be used, with the link-local address of each. */
final class Devices {

    private static final Set<String> NEVER = Set.of("lo0");

    /** Interfaces of macOS that carry other services of the system. */
    private static final Set<String> NEVER_ON_MACOS = Set.of("awdl0", "llw0", "en5");

    private Devices() {}

    /**
     * A usable system interface.
     *
     * @param address its link-local address, with scope
     */
    record Device(NetworkInterface system, Inet6Address address) {

        String name() {
            return system.getName();
        }
    }

    /** The usable system interfaces by name, as they are now. */
    static Map<String, Device> scan(AutoSettings settings) throws SocketException {
        boolean macOs =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
        Map<String, Device> usable = new HashMap<>();
        for (NetworkInterface system : NetworkInterface.networkInterfaces().toList()) {
            String name = system.getName();
            boolean excluded = NEVER.contains(name)
                    || settings.ignoredDevices().contains(name)
                    || !settings.devices().isEmpty() && !settings.devices().contains(name)
                    || settings.devices().isEmpty() && macOs && NEVER_ON_MACOS.contains(name);
            if (!excluded && system.isUp()) {
                system.inetAddresses()
                        .filter(address -> address.isLinkLocalAddress() && address instanceof Inet6Address)
                        .map(Inet6Address.class::cast)
                        .reduce((earlier, later) -> later)
                        .ifPresent(address -> usable.put(name, new Device(system, address)));
            }
        }
        return usable;
    }
}
