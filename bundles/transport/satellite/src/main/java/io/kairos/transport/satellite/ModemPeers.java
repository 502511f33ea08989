package io.kairos.transport.satellite;

/** The modems of a base station, as neighbours of its interface. Threads: any. */
interface ModemPeers {

    /** All of them are there now. */
    void appear();

    /** None of them is there any more. */
    void vanish();

    /** Whether messages of this modem are taken. */
    boolean knows(String imei);

    /** Takes a message of a modem; false where it has no room. An empty one tells only that the modem can be reached. */
    boolean arrived(String imei, byte[] message);
}
