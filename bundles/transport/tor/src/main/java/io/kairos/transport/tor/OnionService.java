package io.kairos.transport.tor;

import io.kairos.api.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One onion service at a tor. It lasts as long as the control connection: a node that dies leaves no service behind that
 * leads nowhere, and a tor that is started anew is given it again.
 *
 * <p>Owned by the thread of the connection.
 */
final class OnionService {

    private static final Pattern SERVICE = Pattern.compile("[a-z2-7]{56}");
    private static final Pattern KEY = Pattern.compile("ED25519-V3:[A-Za-z0-9+/=]{80,100}");
    private static final Pattern PROGRESS = Pattern.compile("PROGRESS=(\\d{1,3})\\b");

    private final ControlConnection tor;
    private final Clock clock;

    OnionService(ControlConnection tor, Clock clock) {
        this.tor = tor;
        this.clock = clock;
    }

    /**
     * Sets it up.
     *
     * @param known the key of last time; empty: tor draws one
     * @param onionPort at which others reach it
     * @param localPort on 127.0.0.1, where tor hands connections over
     */
    OnionKeys.Key add(Optional<OnionKeys.Key> known, int onionPort, int localPort) {
        tor.ask("SETEVENTS HS_DESC");
        ControlReply reply = tor.ask("ADD_ONION %s Port=%d,127.0.0.1:%d"
                .formatted(known.map(OnionKeys.Key::privateKey).orElse("NEW:ED25519-V3"), onionPort, localPort));
        if (!reply.isOk()) {
            throw ControlFailures.noService(reply);
        }
        String service = reply.after("ServiceID=")
                .filter(id -> SERVICE.matcher(id).matches())
                .orElseThrow(() -> ControlFailures.notTor("an onion service without address"));
        String key = known.map(OnionKeys.Key::privateKey)
                .or(() -> reply.after("PrivateKey=")
                        .filter(text -> KEY.matcher(text).matches()))
                .orElseThrow(() -> ControlFailures.notTor("an onion service without key"));
        return new OnionKeys.Key(key, service);
    }

    /** Waits until others can find it. */
    void awaitPublished(OnionKeys.Key key, Duration patience) {
        long start = clock.nanos();
        while (clock.nanos() - start < patience.toNanos()) {
            boolean isPublished = tor.event()
                    .flatMap(event -> event.after("HS_DESC UPLOADED "))
                    .filter(rest -> rest.startsWith(key.service()))
                    .isPresent();
            if (isPublished) {
                return;
            }
        }
        throw ControlFailures.notPublished(progress());
    }

    /** Returns never: throws when tor goes. */
    void follow() {
        while (true) {
            tor.event();
        }
    }

    private int progress() {
        String phase = tor.ask("GETINFO status/bootstrap-phase")
                .after("status/bootstrap-phase=")
                .orElse("");
        Matcher percent = PROGRESS.matcher(phase);
        return percent.find() ? Integer.parseInt(percent.group(1)) : -1;
    }
}
