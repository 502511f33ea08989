package io.kairos.core.router.ports;

/**
 * Where paths are tied to: an interface by its description, whether it is there or not. When an interface goes and comes
 * back, or a node starts again, the paths over it are back with one write to {@link #port}.
 */
public final class Anchor {

    private volatile String name;
    private final byte[] descriptionHash;
    private volatile Port port;
    private volatile long absentSince;

    Anchor(String name, byte[] descriptionHash, long now) {
        this.name = name;
        this.descriptionHash = descriptionHash;
        this.absentSince = now;
    }

    /** The interface, or {@code null} while it is not there. */
    public Port port() {
        return port;
    }

    /** SHA-256 of the description; not a copy. */
    public byte[] descriptionHash() {
        return descriptionHash;
    }

    /** Name of the interface that is or was there. */
    public String name() {
        Port there = port;
        return there == null ? name : there.name();
    }

    /** Since when no interface is there, in router time; meaningless while there is one. */
    public long absentSince() {
        return absentSince;
    }

    void rename(String now) {
        name = now;
    }

    void bind(Port now) {
        port = now;
    }

    void release(long now) {
        absentSince = now;
        port = null;
    }
}
