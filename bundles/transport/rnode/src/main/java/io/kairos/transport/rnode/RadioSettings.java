package io.kairos.transport.rnode;

/**
 * How one radio of a device is set up.
 *
 * @param index which of the device's radios; 0 where it has one
 * @param name how its operator calls it; empty where the device has one radio
 * @param tuning channel and modulation
 * @param powerDbm power at the radio
 * @param takesLess whether a device that cannot send so loud may send as loud as it can
 * @param shortLimitPercent share of 15 s that the device may send; 0: no limit
 * @param longLimitPercent share of an hour that the device may send; 0: no limit
 * @param flowControl whether the next packet waits until the device says that it is ready
 */
record RadioSettings(
        int index,
        String name,
        LoRa tuning,
        int powerDbm,
        boolean takesLess,
        double shortLimitPercent,
        double longLimitPercent,
        boolean flowControl) {

    /** The share of an hour that this node keeps by itself, whatever the device does. */
    double airtimeShare() {
        return longLimitPercent > 0 && longLimitPercent < 100 ? longLimitPercent / 100 : 1;
    }

    /** The share of 15 s that this node keeps by itself. */
    double shortShare() {
        return shortLimitPercent > 0 && shortLimitPercent < 100 ? shortLimitPercent / 100 : 1;
    }
}
