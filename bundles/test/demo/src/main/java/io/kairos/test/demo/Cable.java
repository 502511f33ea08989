package io.kairos.test.demo;

/** A piece of cable between two nodes on this machine, of known speed, that can be cut. */
interface Cable extends AutoCloseable {

    /** Cuts it at once: what is on its way is lost. */
    void cut();

    /** Bytes carried so far, both ways. */
    long carriedBytes();

    @Override
    void close();
}
