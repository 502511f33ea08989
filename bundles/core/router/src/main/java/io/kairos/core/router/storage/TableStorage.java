package io.kairos.core.router.storage;

import static io.kairos.core.router.storage.StoredEntry.END;
import static io.kairos.core.router.storage.StoredEntry.ENTRY;

import io.kairos.api.identity.Blackholed;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.store.Store;
import io.kairos.core.router.NodeTime;
import io.kairos.core.router.forward.Traffic;
import io.kairos.core.router.forward.TransitLink;
import io.kairos.core.router.known.Blackhole;
import io.kairos.core.router.known.Known;
import io.kairos.core.router.known.KnownBook;
import io.kairos.core.router.path.PathBook;
import io.kairos.core.router.ports.Anchor;
import io.kairos.core.router.ports.Ports;
import io.kairos.core.router.table.DuplicateList;
import io.kairos.core.router.table.ReverseTable;
import io.kairos.core.router.tunnel.Tunnels;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps the router's tables over restarts. Times are stored as wall-clock time. Tables that may be walked by any thread
 * are written as they are; what belongs to the owner of the tables is handed in as a copy.
 *
 * <p>Threads: any that may block on the disk.
 */
public final class TableStorage {

    private static final int VERSION = 1;
    private static final long RATCHET_LIFETIME_MILLIS = 2_592_000_000L;
    private static final String KNOWN = "known";
    private static final String PATHS = "paths";
    private static final String TUNNELS = "tunnels";
    private static final String LINKS = "links";
    private static final String DUPLICATES = "duplicates";
    private static final String REVERSE = "reverse";
    private static final String BLACKHOLE = "blackhole";

    private final Documents documents;
    private final NodeTime time;
    private final Ports ports;
    private final Traffic traffic;
    private final PathRecords paths;
    private final KnownBook known;
    private final Blackhole blackhole;
    private final Tunnels tunnels;
    private final int duplicateGeneration;
    private final int reverseLimit;

    public TableStorage(
            Store store,
            String network,
            NodeTime time,
            Ports ports,
            Traffic traffic,
            PathBook paths,
            KnownBook known,
            Blackhole blackhole,
            Tunnels tunnels,
            int duplicateGeneration,
            int reverseLimit) {
        this.documents = new Documents(store, network);
        this.time = time;
        this.ports = ports;
        this.traffic = traffic;
        this.paths = new PathRecords(time, ports, paths, known);
        this.known = known;
        this.blackhole = blackhole;
        this.tunnels = tunnels;
        this.duplicateGeneration = duplicateGeneration;
        this.reverseLimit = reverseLimit;
    }

    /** Reads everything; before the first packet or at least before anybody misses it. */
    public void load() {
        documents.read(BLACKHOLE, VERSION, this::readBlackhole);
        documents.read(KNOWN, VERSION, this::readKnown);
        documents.read(PATHS, VERSION, paths::read);
        documents.read(TUNNELS, VERSION, in -> {
            while (StoredEntry.hasNext(in)) {
                tunnels.restore(paths.readTunnel(in));
            }
        });
        documents.read(LINKS, VERSION, this::readLinks);
        documents.read(
                DUPLICATES, VERSION, in -> traffic.replaceDuplicates(DuplicateList.read(in, duplicateGeneration)));
        documents.read(REVERSE, VERSION, this::readReverse);
    }

    /** Writes what is costly to lose. */
    public void save(List<Tunnels.Tunnel> tunnelCopies) {
        documents.write(KNOWN, VERSION, out -> writeAll(out, this::eachKnown));
        documents.write(PATHS, VERSION, out -> writeAll(out, paths::each));
        documents.write(
                TUNNELS,
                VERSION,
                out -> writeAll(
                        out,
                        each -> tunnelCopies.forEach(
                                tunnel -> each.accept(entry -> paths.writeTunnel(entry, tunnel)))));
    }

    /** Writes what only a router that goes on at once can use: links of others, ways back of proofs, and seen packets. */
    public void saveTraffic() {
        documents.write(REVERSE, VERSION, this::writeReverse);
        documents.write(LINKS, VERSION, out -> writeAll(out, this::eachLink));
        documents.write(DUPLICATES, VERSION, out -> traffic.duplicates().write(out));
    }

    public void saveBlackhole() {
        documents.write(
                BLACKHOLE,
                VERSION,
                out -> writeAll(
                        out,
                        each -> blackhole
                                .all()
                                .forEach(listed -> each.accept(entry -> writeBlackholed(entry, listed)))));
    }

    private static void writeAll(DataOutputStream out, Consumer<Consumer<Documents.Writer>> source) throws IOException {
        try {
            source.accept(entry -> {
                try {
                    out.writeByte(ENTRY);
                    entry.writeTo(out);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.writeByte(END);
    }

    private void eachKnown(Consumer<Documents.Writer> each) {
        known.table().forEach(entry -> each.accept(out -> writeKnown(out, entry)));
    }

    private void writeKnown(DataOutputStream out, Known entry) throws IOException {
        StoredEntry.writeHash(out, entry.key());
        out.writeLong(entry.identity().high());
        out.writeLong(entry.identity().low());
        out.writeLong(time.toWall(entry.heard()));
        long used = entry.used();
        out.writeLong(used == Known.RETAINED || used == Known.NEVER ? used : time.toWall(used));
        StoredEntry.writeAnnounce(out, entry.announce());
        byte[] ratchet = entry.olderRatchet();
        StoredEntry.writeBytes(out, ratchet == null ? new byte[0] : ratchet);
        out.writeLong(time.toWall(entry.ratchetHeard()));
    }

    private void readKnown(DataInputStream in) throws IOException {
        while (StoredEntry.hasNext(in)) {
            DestinationHash destination = StoredEntry.readHash(in);
            DestinationHash identity = StoredEntry.readHash(in);
            long heard = time.fromWall(in.readLong());
            long used = in.readLong();
            used = used == Known.RETAINED || used == Known.NEVER ? used : time.fromWall(used);
            IdentityHash who = new IdentityHash(identity.high(), identity.low());
            Known entry = new Known(destination, who, StoredEntry.readAnnounce(in), heard, used);
            byte[] ratchet = StoredEntry.readBytes(in);
            long ratchetHeard = time.fromWall(in.readLong());
            if (ratchet.length == 32 && time.millis() - ratchetHeard < RATCHET_LIFETIME_MILLIS) {
                entry.restoreRatchet(ratchet, ratchetHeard);
            }
            known.restore(entry);
        }
    }

    private void eachLink(Consumer<Documents.Writer> each) {
        traffic.links().forEach(link -> {
            if (link.isValidated() && link.towards().isLasting() && link.from().isLasting()) {
                each.accept(out -> writeLink(out, link));
            }
        });
    }

    private void writeLink(DataOutputStream out, TransitLink link) throws IOException {
        StoredEntry.writeHash(out, link.key());
        out.write(link.towards().descriptionHash());
        out.writeByte(link.remainingHops());
        out.write(link.from().descriptionHash());
        out.writeByte(link.takenHops());
        StoredEntry.writeHash(out, link.destination());
        out.writeLong(time.toWall(link.used()));
    }

    private void readLinks(DataInputStream in) throws IOException {
        while (StoredEntry.hasNext(in)) {
            DestinationHash id = StoredEntry.readHash(in);
            byte[] towards = in.readNBytes(32);
            int remaining = in.readUnsignedByte();
            byte[] from = in.readNBytes(32);
            int taken = in.readUnsignedByte();
            DestinationHash destination = StoredEntry.readHash(in);
            long used = time.fromWall(in.readLong());
            traffic.links()
                    .putIfAbsent(new TransitLink(
                            id,
                            null,
                            ports.anchor(towards),
                            remaining,
                            ports.anchor(from),
                            taken,
                            destination,
                            true,
                            used,
                            used));
        }
    }

    /** Wall time; the interfaces, each with its description, in the order of their places; the table by place. */
    private void writeReverse(DataOutputStream out) throws IOException {
        out.writeLong(time.toWall(time.millis()));
        Map<Integer, Integer> placeOf = new HashMap<>();
        Map<Integer, Anchor> places = ports.places();
        out.writeInt(places.size());
        for (Map.Entry<Integer, Anchor> place : places.entrySet()) {
            placeOf.put(place.getKey(), placeOf.size());
            out.write(place.getValue().descriptionHash());
        }
        traffic.reverse().write(out, number -> placeOf.getOrDefault(number, -1), time.millis() / 1000);
    }

    private void readReverse(DataInputStream in) throws IOException {
        long since = time.millis() - time.fromWall(in.readLong());
        int places = in.readInt();
        if (places < 0 || places > ReverseTable.INTERFACES) {
            throw new IOException("%d interfaces".formatted(places));
        }
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < places; i++) {
            byte[] description = new byte[32];
            in.readFully(description);
            numbers.add(ports.numberOf(description));
        }
        traffic.replaceReverse(ReverseTable.read(
                in,
                reverseLimit,
                place -> place < 0 || place >= numbers.size() ? -1 : numbers.get(place),
                time.millis() / 1000,
                since / 1000));
    }

    private static void writeBlackholed(DataOutputStream out, Blackholed listed) throws IOException {
        out.write(listed.identity().toBytes());
        out.write(listed.source().toBytes());
        out.writeLong(listed.untilMillis().orElse(-1L));
        out.writeBoolean(listed.reason().isPresent());
        out.writeUTF(listed.reason().orElse(""));
    }

    private void readBlackhole(DataInputStream in) throws IOException {
        List<Blackholed> stored = new ArrayList<>();
        while (StoredEntry.hasNext(in)) {
            IdentityHash identity = IdentityHash.of(in.readNBytes(IdentityHash.LENGTH));
            IdentityHash source = IdentityHash.of(in.readNBytes(IdentityHash.LENGTH));
            long until = in.readLong();
            Optional<String> reason = in.readBoolean() ? Optional.of(in.readUTF()) : Optional.empty();
            if (reason.isEmpty()) {
                in.readUTF();
            }
            stored.add(new Blackholed(identity, source, until < 0 ? Optional.empty() : Optional.of(until), reason));
        }
        blackhole.restore(stored);
    }
}
