package io.kairos.transport.rnode;

import io.kairos.api.transport.Endpoint;
import io.kairos.lib.serial.SerialPorts;

/** Opens devices, wherever they are. */
final class Ports {

    private static final String TCP = "tcp://";

    private Ports() {}

    static RadioPort open(DeviceSettings settings) {
        return open(settings.port());
    }

    static RadioPort open(String port) {
        return isTcp(port) ? TcpPort.open(address(port)) : SerialRadioPort.open(port);
    }

    /** Whether it is a device in the network rather than at a serial port. */
    static boolean isTcp(String port) {
        return port.startsWith(TCP);
    }

    /** The device, whatever it is called: two interfaces cannot share it. */
    static Endpoint endpoint(String port) {
        return isTcp(port)
                ? Endpoint.port("rnode", TcpPort.host(address(port)), TcpPort.port(address(port)))
                : new Endpoint("serial", "device" + SerialPorts.device(port), "");
    }

    /** Host, and port where it is another than that of all RNodes. */
    private static String address(String port) {
        return port.substring(TCP.length());
    }
}
