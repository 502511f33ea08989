package io.kairos.api.failure;

/** A {@link Failure} thrown. Catch it where something can be decided, otherwise let it pass to whoever asked. */
public class MeshException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public MeshException(Failure.Kind kind, String message, String remedy) {
        this(kind, message, remedy, null);
    }

    public MeshException(Failure.Kind kind, String message, String remedy, Throwable cause) {
        super(message, cause);
        this.failure = new Failure(kind, message, remedy);
    }

    /** What happened, whose problem it is and what to do. */
    public Failure failure() {
        return failure;
    }

    public Failure.Kind kind() {
        return failure.kind();
    }

    public String remedy() {
        return failure.remedy();
    }
}
