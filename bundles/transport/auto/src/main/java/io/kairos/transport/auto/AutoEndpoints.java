package io.kairos.transport.auto;

import io.kairos.api.transport.Endpoint;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an auto interface meets others with, on each system interface it uses: its group, and the two ports its neighbours
 * speak to it alone on.
 */
final class AutoEndpoints {

    private static final String MEDIUM = "auto";
    private static final String ANY = "device";

    private AutoEndpoints() {}

    static Set<Endpoint> of(AutoSettings settings) {
        Set<Endpoint> endpoints = new HashSet<>();
        for (String place : places(settings)) {
            endpoints.add(new Endpoint(MEDIUM, place, "group " + settings.groupId()));
            endpoints.add(new Endpoint(MEDIUM, place, "port " + (settings.discoveryPort() + 1)));
            endpoints.add(new Endpoint(MEDIUM, place, "port " + settings.dataPort()));
        }
        return endpoints;
    }

    private static Set<String> places(AutoSettings settings) {
        if (!settings.devices().isEmpty()) {
            return settings.devices().stream()
                    .filter(name -> !settings.ignoredDevices().contains(name))
                    .map(AutoEndpoints::place)
                    .collect(Collectors.toSet());
        }
        if (settings.ignoredDevices().isEmpty()) {
            return Set.of(ANY); // also those that come later
        }
        try {
            return NetworkInterface.networkInterfaces()
                    .map(NetworkInterface::getName)
                    .filter(name -> !settings.ignoredDevices().contains(name))
                    .map(AutoEndpoints::place)
                    .collect(Collectors.toSet());
        } catch (SocketException e) {
            return Set.of(ANY);
        }
    }

    private static String place(String device) {
        return ANY + "/" + device;
    }
}
