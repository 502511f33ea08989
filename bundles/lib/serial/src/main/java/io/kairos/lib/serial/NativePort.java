package io.kairos.lib.serial;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.nio.file.Path;

/** A port of jSerialComm, with the names and numbers of that library kept here. It looks after no threads. */
final class NativePort {

    /** Longest time that a read stays in native code. */
    static final int TICK_MILLIS = 100;

    private final SerialPort port;

    private NativePort(SerialPort port) {
        this.port = port;
    }

    static NativePort open(Path path, SerialSettings settings) {
        NativeCode.require();
        SerialPort port;
        try {
            port = SerialPort.getCommPort(path.toString());
        } catch (SerialPortInvalidPortException e) {
            throw Ports.missing(settings.port()); // it has gone in this very moment
        }
        port.setComPortParameters(
                settings.speed(), settings.dataBits(), stopBits(settings.stopBits()), parity(settings.parity()));
        port.setFlowControl(
                settings.hardwareFlowControl()
                        ? SerialPort.FLOW_CONTROL_RTS_ENABLED | SerialPort.FLOW_CONTROL_CTS_ENABLED
                        : SerialPort.FLOW_CONTROL_DISABLED);
        port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, TICK_MILLIS, 0);
        port.flushIOBuffers(); // as soon as it is open
        if (!port.openPort()) {
            throw Ports.notOpened(settings.port(), path, port.getLastErrorCode());
        }
        return new NativePort(port);
    }

    /** Waits for a tick; gives how many bytes came, or a negative number where the device has gone. */
    int read(byte[] into) {
        return port.readBytes(into, into.length);
    }

    /** Waits until they are written; gives fewer than {@code length} where the device has gone. */
    int write(byte[] bytes, int offset, int length) {
        return port.writeBytes(bytes, length, offset);
    }

    /** Lets everybody go who waits in the other methods: the first call wakes who reads, the second makes room for who writes. */
    void letGo() {
        port.setComPortTimeouts(SerialPort.TIMEOUT_NONBLOCKING, 0, 0);
        port.flushIOBuffers();
    }

    void close() {
        port.closePort();
    }

    private static int stopBits(int bits) {
        return bits == 2 ? SerialPort.TWO_STOP_BITS : SerialPort.ONE_STOP_BIT;
    }

    private static int parity(Parity parity) {
        return switch (parity) {
            case NONE -> SerialPort.NO_PARITY;
            case EVEN -> SerialPort.EVEN_PARITY;
            case ODD -> SerialPort.ODD_PARITY;
        };
    }
}
