package io.kairos.core.link;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens on links, never to whom. Threads: any. */
public final class LinkTally {

    /** What is counted; the word is a label of the metric. */
    public enum Event {
        LINK_OPENED("opened"),
        LINK_ACCEPTED("accepted"),
        LINK_UNANSWERED("unanswered"),
        /** A request that came while too many others were open. */
        LINK_REFUSED("refused"),
        RESOURCE_SENT("sent"),
        RESOURCE_NOT_SENT("not sent"),
        RESOURCE_RECEIVED("received"),
        RESOURCE_NOT_RECEIVED("not received"),
        /** An offer that was let pass because the memory for received segments was used up. */
        RESOURCE_NO_MEMORY("no memory"),
        /** A packet that came while too many others of its link waited. */
        PACKET_DROPPED("dropped"),
        /** A fault of ours: something threw what it should not. */
        TASK_FAILED("failed");

        private final String word;

        Event(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    private final Map<Event, LongAdder> counts = new EnumMap<>(Event.class);

    public LinkTally() {
        for (Event event : Event.values()) {
            counts.put(event, new LongAdder());
        }
    }

    public void count(Event event) {
        counts.get(event).increment();
    }

    /** How often it has happened since the start. */
    public long of(Event event) {
        return counts.get(event).sum();
    }
}
