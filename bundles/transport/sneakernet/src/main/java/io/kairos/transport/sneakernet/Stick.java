package io.kairos.transport.sneakernet;

import io.kairos.api.packet.IdentityHash;
import io.kairos.transport.sneakernet.StickFolder.Found;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One stick while it is plugged in: reads what others have left, later puts on it what waits. It may be pulled out between
 * any two steps: files appear whole, a packet that is there twice is delivered once, and what was not noted is done again.
 * One owner.
 */
final class Stick {

    /** So many files of one node become few again. */
    private static final int MOST_OWN_FILES = 128;

    private static final long READER_SECONDS = 180L * 86_400;
    private static final long SWEEP_SECONDS = 86_400;

    /** A file of packets, without them. */
    private record Put(long id, Origin origin, long expirySeconds, boolean isWhole) {

        static Put of(Batch batch) {
            return new Put(batch.id(), batch.origin(), batch.expirySeconds(), batch.isWhole());
        }
    }

    private final StickFolder folder;
    private final Traveller traveller;

    private final Map<Found, Put> batches = new HashMap<>();
    private final Map<Found, Note> notes = new HashMap<>();
    private final Set<Found> useless = new HashSet<>();
    private long usedBytes;
    private Optional<String> ownNoteName = Optional.empty();
    private Optional<Note> ownNote = Optional.empty();
    private long written;
    private boolean isFull;

    Stick(StickFolder folder, Traveller traveller) {
        this.folder = folder;
        this.traveller = traveller;
    }

    StickFolder folder() {
        return folder;
    }

    /** Whether something waits that has no room here. */
    boolean isFull() {
        return isFull;
    }

    /**
     * Reads what is new and delivers it.
     *
     * @return how many packets were delivered
     */
    int read(Sealer sealer, long nowSeconds) throws IOException {
        List<Found> there = folder.list();
        forgetWhatIsGone(new HashSet<>(there));
        usedBytes = there.stream().mapToLong(Found::size).sum();
        List<Batch> fresh = new ArrayList<>();
        for (Found file : there) {
            if (isWanted(file) && !batches.containsKey(file) && !notes.containsKey(file) && !useless.contains(file)) {
                look(sealer, file).ifPresent(fresh::add);
            }
        }
        fresh.sort(
                Comparator.comparing((Batch batch) -> batch.origin().writer()).thenComparingLong(Batch::lastNumber));
        int delivered = 0;
        for (Batch batch : fresh) {
            delivered += traveller.deliver(batch, nowSeconds);
            if (!traveller.isListening()) {
                batches.values().removeIf(put -> put.id() == batch.id()); // to be looked at again
            }
        }
        return delivered;
    }

    /** While nobody takes packets, batches are left alone. */
    private boolean isWanted(Found file) {
        return !file.is(StickFolder.BATCH) || traveller.isListening();
    }

    private void forgetWhatIsGone(Set<Found> there) {
        batches.keySet().retainAll(there);
        notes.keySet().retainAll(there);
        useless.retainAll(there);
        if (ownNote.isPresent() && notes.values().stream().noneMatch(ownNote.get()::equals)) {
            ownNote = Optional.empty(); // another stick, or somebody has cleaned up
            ownNoteName = Optional.empty();
            written = 0;
        }
    }

    /** A batch of somebody else whose packets are to be delivered. */
    private Optional<Batch> look(Sealer sealer, Found file) {
        try {
            if (file.is(StickFolder.NOTE) && file.size() <= NoteCodec.MOST_FILE_BYTES) {
                Optional<Note> note =
                        NoteCodec.decode(sealer, folder.read(file, NoteCodec.MOST_FILE_BYTES), traveller::met);
                note.ifPresent(found -> take(sealer, file, found));
                if (note.isPresent()) {
                    return Optional.empty();
                }
            } else if (file.is(StickFolder.BATCH) && file.size() <= BatchCodec.MOST_FILE_BYTES) {
                byte[] content = folder.read(file, BatchCodec.MOST_FILE_BYTES);
                Optional<Batch> batch = BatchCodec.decode(sealer, content, traveller::keysOf, traveller::met);
                if (batch.isPresent()) {
                    batches.put(file, Put.of(batch.get()));
                    return batch.filter(
                            found -> isToBeDelivered(sealer, found.origin().writer()));
                }
            }
        } catch (IOException unreadable) {
            useless.add(file); // a bad place on the medium; the others may be good
            return Optional.empty();
        }
        useless.add(file);
        return Optional.empty();
    }

    private boolean isToBeDelivered(Sealer sealer, IdentityHash writer) {
        return !writer.equals(sealer.self()) && traveller.trusts(writer);
    }

    private void take(Sealer sealer, Found file, Note note) {
        notes.put(file, note);
        if (note.origin().writer().equals(sealer.self())) {
            ownNoteName = Optional.of(file.name());
            ownNote = Optional.of(note);
            written = note.origin().spool() == traveller.spool().id() ? Math.max(written, note.written()) : written;
        }
    }

    /**
     * Removes what is done, puts on the stick what waits, and notes what was read, which is safe in the store by now.
     *
     * @param notesToo whether the note may be written in this round
     * @return how many packets were put on the stick
     */
    int write(Sealer sealer, long nowSeconds, boolean notesToo) throws IOException {
        removeWhatIsDone(sealer, nowSeconds);
        int packets = writeBatches(sealer, nowSeconds);
        if (notesToo) {
            writeNote(sealer, nowSeconds);
        }
        return packets;
    }

    private void removeWhatIsDone(Sealer sealer, long nowSeconds) throws IOException {
        List<Note> readers = notes.values().stream()
                .filter(note -> !note.origin().writer().equals(sealer.self()))
                .filter(note -> traveller.trusts(note.origin().writer()))
                .filter(note -> !WallTime.isPlausible(nowSeconds) || note.seconds() + READER_SECONDS > nowSeconds)
                .toList();
        for (Map.Entry<Found, Put> each : List.copyOf(batches.entrySet())) {
            Put put = each.getValue();
            boolean isOwn = put.origin().writer().equals(sealer.self());
            boolean isExpired = WallTime.isPlausible(nowSeconds) && put.expirySeconds() <= nowSeconds;
            List<Note> others = readers.stream()
                    .filter(note -> !note.origin().writer().equals(put.origin().writer()))
                    .toList();
            boolean isRead = others.stream().allMatch(note -> note.read().contains(put.id()));
            boolean isDone = isOwn
                    ? isExpired || isRead && others.size() >= traveller.places().leastReaders()
                    : isExpired && isRead;
            if (isDone) {
                remove(each.getKey());
            }
        }
        for (Found file : List.copyOf(useless)) {
            if (file.is(StickFolder.HALF_WRITTEN) && file.modifiedMillis() / 1_000 + SWEEP_SECONDS < nowSeconds) {
                remove(file);
            }
        }
    }

    private void remove(Found file) throws IOException {
        folder.delete(file.name());
        batches.remove(file);
        useless.remove(file);
        usedBytes -= file.size();
    }

    private int writeBatches(Sealer sealer, long nowSeconds) throws IOException {
        List<Found> own = batches.entrySet().stream()
                .filter(each -> each.getValue().origin().writer().equals(sealer.self()))
                .map(Map.Entry::getKey)
                .toList();
        boolean isDamaged = own.stream().anyMatch(file -> !batches.get(file).isWhole());
        long enough = MOST_OWN_FILES + 2 * traveller.spool().bytes() / fileBytes();
        boolean isAnew = isDamaged
                || own.size() > enough && room() > 2 * traveller.spool().bytes();
        long before = written;
        written = isAnew ? 0 : written;
        int packets = 0;
        List<Entry> next = next(nowSeconds);
        while (!next.isEmpty()) {
            write(sealer, next, nowSeconds);
            packets += next.size();
            next = next(nowSeconds);
        }
        if (isAnew && !isFull) {
            for (Found file : own) {
                remove(file);
            }
        }
        written = Math.max(before, written);
        return packets;
    }

    /** Who waits at the other end of a shared folder does not want to wait for a large file. */
    private int fileBytes() {
        return traveller.places().links() ? BatchCodec.LIVE_FILE_BYTES : BatchCodec.USUAL_FILE_BYTES;
    }

    /** What fits into the next file; says whether something is left for which there is no room. */
    private List<Entry> next(long nowSeconds) throws IOException {
        Collection<Entry> waiting = traveller.spool().after(written);
        List<Entry> next = new ArrayList<>();
        isFull = false;
        if (waiting.isEmpty()) {
            return next;
        }
        long room = Math.min(room(), fileBytes()) - 2 * BatchCodec.HEAD_FILE_BYTES;
        for (Entry entry : waiting) {
            if (entry.isExpired(nowSeconds)) {
                continue;
            }
            room -= entry.packet().length + BatchCodec.OVERHEAD_BYTES;
            if (room < 0 || next.size() == BatchCodec.MOST_PACKETS) {
                isFull = next.isEmpty();
                return next;
            }
            next.add(entry);
        }
        return next;
    }

    private void write(Sealer sealer, List<Entry> entries, long nowSeconds) throws IOException {
        long id = traveller.random();
        byte[] content = BatchCodec.encode(sealer, id, traveller.spool().id(), nowSeconds, entries);
        String name = freshName(StickFolder.BATCH);
        folder.write(name, content, traveller.random());
        written = entries.get(entries.size() - 1).number();
        usedBytes += content.length;
        Origin origin = new Origin(sealer.self(), traveller.spool().id());
        folder.find(name).ifPresent(file -> batches.put(file, Put.of(new Batch(id, origin, entries, true))));
    }

    private void writeNote(Sealer sealer, long nowSeconds) throws IOException {
        Set<Long> read = new HashSet<>();
        batches.values().stream()
                .filter(put ->
                        put.isWhole() && isToBeDelivered(sealer, put.origin().writer()))
                .limit(Note.MOST_READ)
                .forEach(put -> read.add(put.id()));
        Origin origin = new Origin(sealer.self(), traveller.spool().id());
        boolean isSame = ownNote.filter(note -> note.origin().equals(origin)
                        && note.written() == written
                        && note.read().equals(read))
                .isPresent();
        boolean isNothing = ownNote.isEmpty() && written == 0 && read.isEmpty();
        if (isSame || isNothing) {
            return;
        }
        Note note = new Note(origin, nowSeconds, written, read);
        String name = ownNoteName.orElseGet(() -> freshName(StickFolder.NOTE));
        byte[] content = NoteCodec.encode(sealer, note);
        folder.write(name, content, traveller.random());
        notes.keySet().removeIf(file -> file.name().equals(name));
        folder.find(name).ifPresent(file -> notes.put(file, note));
        ownNoteName = Optional.of(name);
        ownNote = Optional.of(note);
    }

    private String freshName(String suffix) {
        String name = StickFolder.freshName(traveller.random(), suffix);
        while (folder.isTaken(name)) {
            name = StickFolder.freshName(traveller.random(), suffix);
        }
        return name;
    }

    private long room() throws IOException {
        return traveller.places().budget().room(folder.space(), usedBytes);
    }
}
