package io.kairos.admin.update;

import io.kairos.lib.plugin.PackageReader;
import io.kairos.lib.plugin.PackageSource;
import io.kairos.lib.plugin.PluginPackage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A package in a file that is open. */
final class OpenPackage implements Closeable {

    private final FileChannel channel;
    private final PluginPackage content;

    private OpenPackage(FileChannel channel, PluginPackage content) {
        this.channel = channel;
        this.content = content;
    }

    /**
     * Opens a package; structure and manifest are read.
     *
     * @throws io.kairos.api.failure.MalformedException where it is none
     */
    static OpenPackage of(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new OpenPackage(channel, PackageReader.open(source(channel)));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static PackageSource source(FileChannel channel) {
        return new PackageSource() {
            @Override
            public long size() throws IOException {
                return channel.size();
            }

            @Override
            public int read(ByteBuffer into, long position) throws IOException {
                return channel.read(into, position);
            }
        };
    }

    PluginPackage content() {
        return content;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
