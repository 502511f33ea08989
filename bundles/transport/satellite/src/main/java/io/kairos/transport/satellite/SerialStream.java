package io.kairos.transport.satellite;

import io.kairos.lib.serial.SerialPort;
import io.kairos.lib.serial.SerialSettings;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A modem at a serial port. */
record SerialStream(SerialPort port) implements ByteStream {

    static ByteStream open(String port, int speed) {
        return new SerialStream(SerialPort.open(SerialSettings.of(port, speed)));
    }

    @Override
    public int read(byte[] into, Duration timeout) {
        return port.read(into, timeout);
    }

    @Override
    public void write(ByteBuffer bytes) {
        port.write(bytes);
    }

    @Override
    public void close() {
        port.close();
    }
}
