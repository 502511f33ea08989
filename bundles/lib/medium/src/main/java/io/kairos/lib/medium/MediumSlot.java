package io.kairos.lib.medium;

import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.InterfaceTally;
import io.kairos.api.transport.PacketSink;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The place for the medium of now. Its lock, which is taken for a moment, keeps a core and a medium from missing each other,
 * and a medium that has ended from saying anything more.
 *
 * <p>Threads: any; {@link #fill} and {@link #empty} belong to one owner at a time.
 */
final class MediumSlot<M extends Medium> {

    /** Is told of each change of status that a medium has brought about. */
    @FunctionalInterface
    interface Listener<M> {

        void became(M medium, InterfaceStatus earlier, InterfaceStatus now);
    }

    private final Attachment attachment;
    private final Listener<M> listener;

    // ---- written while holding this ----
    private volatile M medium;
    private Consumer<InterfaceStatus> voice; // of the medium that counts

    MediumSlot(Attachment attachment, Listener<M> listener) {
        this.attachment = attachment;
        this.listener = listener;
    }

    M medium() {
        return medium;
    }

    /** What a medium is given to speak with; heard from {@link #fill} to {@link #empty}. */
    Consumer<InterfaceStatus> newVoice() {
        return new Consumer<>() {
            @Override
            public void accept(InterfaceStatus now) {
                hear(this, now);
            }
        };
    }

    private void hear(Object speaker, InterfaceStatus now) {
        M of;
        Optional<InterfaceStatus> news;
        synchronized (this) {
            of = medium;
            news = voice == speaker ? attachment.become(now) : Optional.empty();
        }
        news.ifPresent(earlier -> listener.became(of, earlier, now));
    }

    synchronized void attach(PacketSink core) {
        if (attachment.attach(core) && medium != null) {
            medium.attach(core);
        }
    }

    synchronized void detach() {
        attachment.detach();
        if (medium != null) {
            medium.detach();
        }
    }

    /** Begins with a medium. */
    void fill(M fresh, Consumer<InterfaceStatus> itsVoice) {
        synchronized (this) {
            medium = fresh;
            voice = itsVoice;
            PacketSink core = attachment.sink();
            if (core != null) {
                fresh.attach(core);
            }
        }
        fresh.start();
    }

    /** Ends the medium of now, if there is one, and keeps what it has counted. */
    void empty(Consumer<? super M> how) {
        M last;
        synchronized (this) {
            last = medium;
            medium = null;
            voice = null;
        }
        if (last != null) {
            how.accept(last);
            attachment.tally().add(last.counters());
        }
    }

    InterfaceCounters counters() {
        M current = medium;
        if (current == null) {
            return attachment.counters();
        }
        InterfaceTally all = new InterfaceTally();
        all.add(attachment.counters());
        all.add(current.counters());
        return all.read();
    }
}
