package io.kairos.core.router.ports;

/**
 * Where paths are tied to: an interface by its description, whether it is there or not. When an interface goes and comes
 * back, or a node starts again, the paths over it are back with one write to {@link #port}.
 */
public final class Anchor {

    private volatile String name;
    private final byte[] descriptionHash;
    private final boolean lasting;
    private volatile Port port;
    private volatile long absentSince;

    /** @param lasting whether the interface may come back as the same, so that paths over it wait for it */
    Anchor(String name, byte[] descriptionHash, boolean lasting, long now) {
        this.name = name;
        this.descriptionHash = descriptionHash;
        this.lasting = lasting;
        this.absentSince = now;
    }

    /** The interface, or {@code null} while it is not there. */
    public Port port() {
        return port;
    }

    /**
     * False for a program on this machine, because the next one that connects is another, whatever its description; and for
     * the shared instance, which knows nothing any more when it comes back.
     */
    public boolean isLasting() {
        return lasting;
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
