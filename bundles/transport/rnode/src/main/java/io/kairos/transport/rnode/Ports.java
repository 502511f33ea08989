package io.kairos.transport.rnode;

/** Opens devices, wherever they are. */
final class Ports {

    private Ports() {}

    static RadioPort open(DeviceSettings settings) {
        return settings.isTcp() ? TcpPort.open(settings.tcpAddress()) : SerialRadioPort.open(settings.port());
    }
}
