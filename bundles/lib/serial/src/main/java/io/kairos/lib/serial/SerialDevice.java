package io.kairos.lib.serial;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A serial port of this machine.
 *
 * @param path by which it is opened, for example {@code /dev/ttyUSB0}; may name another device after the next plugging
 * @param stablePath path below {@code /dev/serial/by-id} that stays with the device
 * @param description what the device or the operating system calls it
 * @param vendor USB vendor id, 0 to 0xffff
 * @param product USB product id, 0 to 0xffff
 * @param serialNumber serial number that the device tells
 */
public record SerialDevice(
        String path,
        Optional<String> stablePath,
        String description,
        OptionalInt vendor,
        OptionalInt product,
        Optional<String> serialNumber) {

    public SerialDevice {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(stablePath, "stablePath");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(vendor, "vendor");
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(serialNumber, "serialNumber");
    }

    /** For operators: {@code /dev/ttyUSB0 (CP2102 USB to UART Bridge Controller)}. */
    public String text() {
        return description.isEmpty() ? path : path + " (" + description + ")";
    }
}
