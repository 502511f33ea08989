package io.kairos.transport.rnode;

import io.kairos.lib.serial.SerialPort;
import io.kairos.lib.serial.SerialSettings;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A device at a serial port. */
final class SerialRadioPort implements RadioPort {

    private static final int SPEED = 115_200;

    private final SerialPort port;

    private SerialRadioPort(SerialPort port) {
        this.port = port;
    }

    static SerialRadioPort open(String path) {
        return new SerialRadioPort(SerialPort.open(SerialSettings.of(path, SPEED)));
    }

    @Override
    public int read(byte[] into, Duration timeout) {
        int count = port.read(into, timeout);
        return count == SerialPort.CLOSED ? CLOSED : count;
    }

    @Override
    public boolean write(ByteBuffer bytes) {
        return port.write(bytes);
    }

    @Override
    public void close() {
        port.close();
    }
}
