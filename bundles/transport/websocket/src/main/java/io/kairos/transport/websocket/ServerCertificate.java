package io.kairos.transport.websocket;

import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of a server, read again when it was renewed. Where the new one cannot be used, the last one goes on.
 *
 * <p>Owned by the thread that accepts.
 */
final class ServerCertificate {

    private static final Logger LOG = LoggerFactory.getLogger(ServerCertificate.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);

    private final Path certificate;
    private final Path key;
    private final Clock clock;

    private SSLContext context;
    private List<FileTime> read;
    private long looked;

    /** @throws MeshException where it cannot be used */
    ServerCertificate(Path certificate, Path key, Clock clock) {
        this.certificate = certificate;
        this.key = key;
        this.clock = clock;
        this.read = times();
        this.context = Tls.serverContext(certificate, key);
        this.looked = clock.nanos();
    }

    SSLContext context() {
        long now = clock.nanos();
        if (now - looked >= BETWEEN_LOOKS.toNanos()) {
            looked = now;
            renew();
        }
        return context;
    }

    private void renew() {
        List<FileTime> times = times();
        if (times.equals(read)) {
            return;
        }
        try {
            context = Tls.serverContext(certificate, key);
            read = times;
        } catch (MeshException e) {
            LOG.warn("The new certificate cannot be used, the last one goes on: {}. {}", e.getMessage(), e.remedy());
        }
    }

    private List<FileTime> times() {
        try {
            return List.of(Files.getLastModifiedTime(certificate), Files.getLastModifiedTime(key));
        } catch (IOException e) {
            return List.of(); // reading them says what is wrong
        }
    }
}
