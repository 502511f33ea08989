package io.kairos.lib.discovery;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.api.packet.IdentityHash;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.bytes.MessagePack;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a node tells of one of its interfaces: a MessagePack map of the keys in {@link Field}. Immutable.
 *
 * <p>Whatever is known of the interface may be offered; of that only what belongs to its kind is told.
 */
public final class Advertisement {

    private final Kind kind;
    private final Map<Field, Object> values;

    private Advertisement(Kind kind, Map<Field, Object> values) {
        this.kind = kind;
        this.values = values;
    }

    /**
     * An interface of this node.
     *
     * @param known what is known of it; names of networks and passphrases are told to everybody
     * @throws MeshException of kind {@code CONFIGURATION} for a value that cannot be told
     */
    public static Advertisement of(Kind kind, boolean forwards, IdentityHash node, Map<Field, Object> known) {
        Map<Field, Object> told = new EnumMap<>(Field.class);
        told.put(Field.KIND, kind.word());
        told.put(Field.FORWARDS, forwards);
        told.put(Field.NODE, node.toBytes());
        for (Field field : Field.values()) {
            boolean access = field == Field.NETWORK_NAME || field == Field.PASSPHRASE;
            Object value = known.get(field);
            if (field.isAlways()) {
                told.putIfAbsent(field, value);
            } else if (value != null && (access || kind.details().contains(field))) {
                told.put(field, value);
            }
        }
        told.computeIfPresent(Field.NAME, (field, name) -> Names.sent(name.toString()));
        told.forEach((field, value) -> {
            if (!field.accepts(value)) {
                throw new MeshException(
                        Failure.Kind.CONFIGURATION,
                        "%s of a discoverable interface cannot be announced".formatted(field),
                        "Correct it, or do not announce the interface.");
            }
        });
        return new Advertisement(kind, told);
    }

    /**
     * Reads what another node tells; unknown keys are left out.
     *
     * @throws MalformedException where something is missing or has the wrong form
     */
    public static Advertisement decode(byte[] packed) {
        if (!(MessagePack.unpack(packed) instanceof Map<?, ?> map)) {
            throw new MalformedException("no map");
        }
        Map<Field, Object> read = new EnumMap<>(Field.class);
        map.forEach((key, value) -> Field.of(key).ifPresent(field -> {
            if (!field.accepts(value)) {
                throw new MalformedException("a wrong value for " + field);
            }
            read.put(field, value);
        }));
        Kind kind = Kind.of(String.valueOf(read.get(Field.KIND)))
                .orElseThrow(() -> new MalformedException("an unknown kind of interface"));
        for (Field field : Field.values()) {
            boolean needed = field.isAlways() || kind.details().contains(field);
            if (needed && !read.containsKey(field)) {
                throw new MalformedException(field + " is missing");
            }
        }
        return new Advertisement(kind, read);
    }

    /** The map on the wire. */
    public byte[] encode() {
        Map<Object, Object> map = new LinkedHashMap<>();
        values.forEach((field, value) -> map.put(field.key(), value));
        return MessagePack.pack(map);
    }

    public Kind kind() {
        return kind;
    }

    public boolean forwards() {
        return Boolean.TRUE.equals(values.get(Field.FORWARDS));
    }

    /** The node to which the interface belongs. */
    public IdentityHash node() {
        return IdentityHash.of((byte[]) values.get(Field.NODE));
    }

    /** A name that can be shown. */
    public String name() {
        String shown = Names.shown(text(Field.NAME).orElse(""));
        return shown.isEmpty() ? "Discovered " + kind.word() : shown;
    }

    public Optional<String> text(Field field) {
        return Optional.ofNullable(values.get(field)).map(Object::toString);
    }

    /** A number, {@link Long} or {@link Double}. */
    public Optional<Number> number(Field field) {
        return values.get(field) instanceof Number number ? Optional.of(number) : Optional.empty();
    }

    /** By which it is known when it is heard again, 32 bytes: the hash of its node and name. */
    public byte[] id() {
        return Hashes.sha256((node().toHex() + name()).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Whether another node can connect to it as it stands: a server with an address and a port, other than in the network of
     * Yggdrasil, which few have.
     */
    public boolean isConnectable() {
        return isServer() && !isInYggdrasil();
    }

    /** Whether it is a server that only machines in the network of Yggdrasil reach. */
    public boolean isConnectableInYggdrasil() {
        return isServer() && isInYggdrasil();
    }

    private boolean isServer() {
        return (kind == Kind.BACKBONE || kind == Kind.TCP_SERVER)
                && values.get(Field.PORT) != null
                && values.get(Field.REACHABLE_ON) != null;
    }

    private boolean isInYggdrasil() {
        return text(Field.REACHABLE_ON).filter(Places::isYggdrasil).isPresent();
    }

    /** By which two advertisements of one endpoint are told to be the same, 32 bytes: the hash of address and port. */
    public byte[] endpointHash() {
        String port = text(Field.PORT).map(text -> ":" + text).orElse("");
        return Hashes.sha256((text(Field.REACHABLE_ON).orElse("") + port).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Advertisement[" + kind + "]";
    }
}
