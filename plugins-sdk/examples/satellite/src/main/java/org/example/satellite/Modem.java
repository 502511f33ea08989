package org.example.satellite;

/**
 * A stream of bytes to the satellite and back. The one real kind is {@link TcpModem}; tests have one over a simulated
 * medium.
 */
interface Modem extends AutoCloseable {

    /** Told what happens; by one thread at a time. */
    interface Listener {

        /** Bytes can be sent. */
        void connected();

        /** Bytes have arrived; the array is lent. */
        void received(byte[] bytes, int length);

        /** It is over; whoever wants to go on opens another. */
        void lost(String why);
    }

    /** Begins; returns at once. */
    void open(Listener listener);

    /** Sends a few hundred bytes without waiting; false where the modem does not take them now. */
    boolean send(byte[] bytes);

    @Override
    void close();
}
