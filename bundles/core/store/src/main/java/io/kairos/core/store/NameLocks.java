package io.kairos.core.store;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** One lock for each name in use, first come, first served; forgotten when nobody uses it. */
final class NameLocks {

    /** A lock and how many hold it or wait for it. */
    private static final class Entry {
        private final ReentrantLock lock = new ReentrantLock(true);
        private int users;
    }

    /** What is done while a lock is held. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    private final Map<DocumentName, Entry> entries = new HashMap<>(); // guarded by entries

    void whileLocked(DocumentName name, Work work) throws IOException {
        Entry entry;
        synchronized (entries) {
            entry = entries.computeIfAbsent(name, any -> new Entry());
            entry.users++;
        }
        entry.lock.lock();
        try {
            work.run();
        } finally {
            unlock(name, entry);
        }
    }

    int size() {
        synchronized (entries) {
            return entries.size();
        }
    }

    private void unlock(DocumentName name, Entry entry) {
        entry.lock.unlock();
        synchronized (entries) {
            if (--entry.users == 0) {
                entries.remove(name);
            }
        }
    }
}
