package io.kairos.core.router.storage;

import io.kairos.api.packet.DestinationHash;
import io.kairos.core.router.NodeTime;
import io.kairos.core.router.known.Known;
import io.kairos.core.router.known.KnownBook;
import io.kairos.core.router.path.Candidate;
import io.kairos.core.router.path.Path;
import io.kairos.core.router.path.PathBook;
import io.kairos.core.router.ports.Ports;
import io.kairos.core.router.tunnel.Tunnels;
import io.kairos.lib.wire.Announce;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Paths as they are stored. The announce behind a path is mostly the one that is stored with the known destination; then
 * only a mark is written.
 */
final class PathRecords {

    private static final int MOST_CANDIDATES = 4;

    private final NodeTime time;
    private final Ports ports;
    private final PathBook paths;
    private final KnownBook known;

    PathRecords(NodeTime time, Ports ports, PathBook paths, KnownBook known) {
        this.time = time;
        this.ports = ports;
        this.paths = paths;
        this.known = known;
    }

    void each(Consumer<Documents.Writer> each) {
        paths.table().forEach(path -> {
            List<Candidate> lasting = path.all();
            lasting.removeIf(candidate -> !candidate.anchor().isLasting());
            if (!lasting.isEmpty()) {
                each.accept(out -> write(out, path, lasting));
            }
        });
    }

    private void write(DataOutputStream out, Path path, List<Candidate> candidates) throws IOException {
        StoredEntry.writeHash(out, path.key());
        out.writeByte(candidates.size());
        for (Candidate candidate : candidates) {
            out.write(candidate.anchor().descriptionHash());
            StoredEntry.writeHash(out, candidate.next());
            out.writeByte(candidate.hops());
            out.writeLong(time.toWall(candidate.heard()));
            out.writeLong(time.toWall(candidate.used()));
            out.writeLong(candidate.expires() - candidate.heard());
            writeAnnounce(out, path.key(), candidate.announce());
        }
        StoredEntry.writeBytes(out, path.blobs());
        out.writeUTF(path.reason());
    }

    void read(DataInputStream in) throws IOException {
        while (StoredEntry.hasNext(in)) {
            DestinationHash destination = StoredEntry.readHash(in);
            int count = in.readUnsignedByte();
            if (count == 0 || count > MOST_CANDIDATES) {
                throw new IOException(count + " candidates");
            }
            List<Candidate> candidates = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Candidate candidate = readCandidate(in, destination);
                if (candidate != null) {
                    candidates.add(candidate);
                }
            }
            byte[] blobs = StoredEntry.readBytes(in);
            String reason = in.readUTF();
            if (!candidates.isEmpty() && blobs.length % 10 == 0) {
                paths.restore(destination, candidates, blobs, reason);
            }
        }
    }

    private Candidate readCandidate(DataInputStream in, DestinationHash destination) throws IOException {
        byte[] anchor = in.readNBytes(32);
        DestinationHash next = StoredEntry.readHash(in);
        int hops = in.readUnsignedByte();
        long heard = time.fromWall(in.readLong());
        long used = time.fromWall(in.readLong());
        long expires = heard + in.readLong();
        Announce announce = readAnnounce(in, destination);
        return announce == null
                ? null
                : new Candidate(ports.anchor(anchor), next, hops, heard, used, expires, announce);
    }

    void writeTunnel(DataOutputStream out, Tunnels.Tunnel tunnel) throws IOException {
        out.write(tunnel.id());
        out.writeLong(time.toWall(tunnel.expires()));
        out.writeInt(tunnel.paths().size());
        for (Map.Entry<DestinationHash, Tunnels.Kept> entry : tunnel.paths().entrySet()) {
            Tunnels.Kept kept = entry.getValue();
            StoredEntry.writeHash(out, entry.getKey());
            out.writeLong(time.toWall(kept.heard()));
            StoredEntry.writeHash(out, kept.next());
            out.writeByte(kept.hops());
            out.writeLong(kept.expires() - kept.heard());
            StoredEntry.writeBytes(out, kept.blobs());
            writeAnnounce(out, entry.getKey(), kept.announce());
        }
    }

    Tunnels.Tunnel readTunnel(DataInputStream in) throws IOException {
        byte[] id = in.readNBytes(32);
        long lifetime = in.readLong() - time.toWall(time.millis());
        int count = in.readInt();
        Map<DestinationHash, Tunnels.Kept> kept = new HashMap<>();
        for (int i = 0; i < count; i++) {
            DestinationHash destination = StoredEntry.readHash(in);
            long heard = time.fromWall(in.readLong());
            DestinationHash next = StoredEntry.readHash(in);
            int hops = in.readUnsignedByte();
            long expires = heard + in.readLong();
            byte[] blobs = StoredEntry.readBytes(in);
            Announce announce = readAnnounce(in, destination);
            if (announce != null) {
                kept.put(destination, new Tunnels.Kept(heard, next, hops, expires, blobs, announce));
            }
        }
        return Tunnels.Tunnel.stored(id, time.millis() + lifetime, kept);
    }

    private void writeAnnounce(DataOutputStream out, DestinationHash destination, Announce announce)
            throws IOException {
        Known same = known.table().get(destination.high(), destination.low());
        boolean shared = same != null && same.announce() == announce;
        out.writeBoolean(shared);
        if (!shared) {
            StoredEntry.writeAnnounce(out, announce);
        }
    }

    private Announce readAnnounce(DataInputStream in, DestinationHash destination) throws IOException {
        if (!in.readBoolean()) {
            return StoredEntry.readAnnounce(in);
        }
        Known same = known.table().get(destination.high(), destination.low());
        return same == null ? null : same.announce();
    }
}
