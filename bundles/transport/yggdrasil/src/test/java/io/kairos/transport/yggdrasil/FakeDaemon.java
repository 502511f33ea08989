package io.kairos.transport.yggdrasil;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Answers every question on a socket file with the same words. */
final class FakeDaemon implements AutoCloseable {

    private final Path file;
    private final ServerSocketChannel door;
    private volatile String answer;

    FakeDaemon(Path file, String answer) {
        this.file = file;
        this.answer = answer;
        try {
            door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            door.bind(UnixDomainSocketAddress.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "fake-daemon");
        thread.setDaemon(true);
        thread.start();
    }

    /** As version 0.4.7 says it. */
    static String says(String address) {
        return "{\n  \"status\": \"success\",\n  \"request\": null,\n  \"response\": {\n    \"build_name\": \"unknown\",\n"
                + "    \"address\": \"" + address
                + "\",\n    \"coords\": [],\n    \"subnet\": \"302:d50d::/64\"\n  }\n}\n";
    }

    void answer(String words) {
        answer = words;
    }

    private void serve() {
        while (door.isOpen()) {
            try (SocketChannel asked = door.accept()) {
                asked.read(ByteBuffer.allocate(1_000));
                ByteBuffer words = ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8));
                while (words.hasRemaining()) {
                    asked.write(words);
                }
            } catch (IOException e) {
                if (!door.isOpen()) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
