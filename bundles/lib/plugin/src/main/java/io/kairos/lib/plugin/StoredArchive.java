package io.kairos.lib.plugin;

import io.kairos.api.failure.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The one shape of a ZIP archive that is a package: entries stored one behind the other from the first byte on, the central
 * directory right behind them, its end at the last byte. Every other shape is refused, so that all programs that read ZIP
 * archives see the same entries.
 *
 * <pre>
 *  local header 30 + name, bytes of the entry     once for each entry, no gaps
 *  central header 46 + name                       once for each entry, in the same order
 *  end record 22                                  no comment
 * </pre>
 *
 * No compression, no encryption, no ZIP64, no descriptors behind the data, no extra fields, no comments, no folders, no links.
 */
final class StoredArchive {

    private static final int LOCAL = 30;
    private static final int CENTRAL = 46;
    private static final int END = 22;
    private static final int LOCAL_MARK = 0x04034b50;
    private static final int CENTRAL_MARK = 0x02014b50;
    private static final int END_MARK = 0x06054b50;
    private static final int UTF8_FLAG = 0x0800;
    private static final int TYPE_MASK = 0xF000;
    private static final int REGULAR_FILE = 0x8000;
    private static final int COMMON = 22; // flags to length of the extra field are the same in both headers

    private StoredArchive() {}

    /** Where the bytes of an entry are. */
    record Place(long position, long size) {}

    /** The entries in their order. */
    static Map<String, Place> read(PackageSource source) throws IOException {
        long size = source.size();
        require(size >= END, "it is shorter than an empty archive");
        require(size <= PackageLimits.PACKAGE_BYTES, "it is larger than " + PackageLimits.PACKAGE_BYTES + " bytes");
        ByteBuffer end = bytes(source, size - END, END);
        require(end.getInt(0) == END_MARK, "it does not end as a ZIP archive without a comment does");
        int count = end.getShort(10) & 0xffff;
        long directoryBytes = end.getInt(12) & 0xffffffffL;
        long directory = end.getInt(16) & 0xffffffffL;
        require(end.getInt(4) == 0 && (end.getShort(8) & 0xffff) == count, "it is one part of several");
        require(end.getShort(20) == 0, "it has a comment");
        require(count <= PackageLimits.ENTRIES, "it has more than " + PackageLimits.ENTRIES + " entries");
        require(directory + directoryBytes == size - END, "bytes lie between its directory and its end");
        require(
                directoryBytes <= (long) count * (CENTRAL + PackageLimits.PATH_CHARACTERS),
                "its directory is too long");
        return entries(source, bytes(source, directory, (int) directoryBytes), count, directory);
    }

    private static Map<String, Place> entries(PackageSource source, ByteBuffer headers, int count, long directory)
            throws IOException {
        Map<String, Place> entries = new LinkedHashMap<>();
        long position = 0;
        for (int i = 0; i < count; i++) {
            require(headers.remaining() >= CENTRAL, "its directory is cut off");
            int at = headers.position();
            String name = central(headers, at, position);
            long bytes = headers.getInt(at + 20) & 0xffffffffL;
            long data = position + LOCAL + name.length();
            require(data + bytes <= directory, "an entry reaches into the directory");
            local(bytes(source, position, LOCAL + name.length()), headers, at, name);
            require(entries.put(name, new Place(data, bytes)) == null, "the entry " + name + " is there twice");
            position = data + bytes;
        }
        require(!headers.hasRemaining(), "its directory is longer than its entries");
        require(position == directory, "bytes lie between its entries and its directory");
        return entries;
    }

    /** Checks one header of the directory and moves behind it. */
    private static String central(ByteBuffer headers, int at, long position) {
        require(headers.getInt(at) == CENTRAL_MARK, "its directory is damaged");
        int nameBytes = headers.getShort(at + 28) & 0xffff;
        require(headers.remaining() >= CENTRAL + nameBytes, "its directory is cut off");
        byte[] name = new byte[nameBytes];
        headers.get(at + CENTRAL, name);
        headers.position(at + CENTRAL + nameBytes);
        String path = PackageNames.path(new String(name, StandardCharsets.ISO_8859_1));
        require(
                (headers.getShort(at + 8) & 0xffff & ~UTF8_FLAG) == 0,
                path + " is encrypted or has its sizes behind it");
        require(headers.getShort(at + 10) == 0, path + " is compressed; entries of a package are stored as they are");
        require(headers.getInt(at + 20) == headers.getInt(at + 24), path + " has two sizes");
        require(
                headers.getShort(at + 30) == 0 && headers.getShort(at + 32) == 0,
                path + " has an extra field or comment");
        require(headers.getShort(at + 34) == 0, path + " lies in another part");
        int type = headers.getInt(at + 38) >>> 16 & TYPE_MASK;
        require(type == 0 || type == REGULAR_FILE, path + " is a link or another special file");
        require(
                (headers.getInt(at + 42) & 0xffffffffL) == position,
                path + " does not begin where the last entry ends");
        require(
                (headers.getInt(at + 20) & 0xffffffffL) <= PackageLimits.ENTRY_BYTES,
                path + " is larger than " + PackageLimits.ENTRY_BYTES + " bytes");
        return path;
    }

    private static void local(ByteBuffer local, ByteBuffer headers, int at, String name) {
        require(local.getInt(0) == LOCAL_MARK, name + " has no header");
        boolean same = headers.slice(at + 6, 2).equals(local.slice(4, 2));
        for (int i = 0; i < COMMON; i++) {
            same &= headers.get(at + 8 + i) == local.get(6 + i);
        }
        byte[] localName = new byte[name.length()];
        local.get(LOCAL, localName);
        same &= name.equals(new String(localName, StandardCharsets.ISO_8859_1)) && local.getShort(28) == 0;
        require(same, "the header of " + name + " and the directory disagree");
    }

    private static ByteBuffer bytes(PackageSource source, long position, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            require(source.read(buffer, position + buffer.position()) > 0, "it is cut off");
        }
        return buffer.flip();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new MalformedException("not a package: " + otherwise);
        }
    }
}
