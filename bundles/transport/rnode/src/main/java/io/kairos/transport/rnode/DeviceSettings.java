package io.kairos.transport.rnode;

import java.time.Duration;
import java.util.List;

/**
 * What an open device depends on.
 *
 * @param name of the interface
 * @param port serial device, or {@code tcp://host}
 * @param hasSeveral whether it is one with several radios, each selected before it is spoken to
 * @param radios those that are used, in the order in which they are set up
 * @param settle how long a board takes to start after its serial port was opened
 * @param retry pause before the device is opened again
 * @param callsign sent from time to time where the law asks for it; empty: none
 * @param callsignEvery how long after the first packet since the last one
 * @param queueBytes most bytes of packets that wait for each radio
 */
record DeviceSettings(
        String name,
        String port,
        boolean hasSeveral,
        List<RadioSettings> radios,
        Duration settle,
        Duration retry,
        String callsign,
        Duration callsignEvery,
        int queueBytes) {

    boolean isTcp() {
        return Ports.isTcp(port);
    }
}
