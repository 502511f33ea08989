package io.kairos.core.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ChunkedFormatProperties {

    private static final DocumentName NAME = new DocumentName("doc");
    private static final DocumentHeader HEADER = DocumentHeader.of(1, new byte[32]);

    private final ChunkedFormat format = new ChunkedFormat(new byte[32]);

    @Property(tries = 100)
    void whatIsEncryptedInAnyPiecesDecryptsToTheSame(
            @ForAll @IntRange(max = 200_000) int length, @ForAll @IntRange(min = 1, max = 70_000) int piece)
            throws IOException {
        byte[] content = new byte[length];
        new java.util.Random(length).nextBytes(content);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DocumentFormat.Body body = format.encrypt(HEADER, NAME, out);
        for (int at = 0; at < length; at += piece) {
            body.write(content, at, Math.min(piece, length - at));
        }
        body.finish();

        byte[] read = format.decrypt(HEADER, NAME, new ByteArrayInputStream(out.toByteArray()), out.size())
                .readAllBytes();

        assertArrayEquals(content, read);
    }

    @Property(tries = 300)
    void noBytesFromTheDiskCauseAnythingButDamage(@ForAll @Size(max = 300) byte[] noise) throws IOException {
        try {
            format.decrypt(HEADER, NAME, new ByteArrayInputStream(noise), noise.length)
                    .readAllBytes();
            throw new AssertionError("noise was taken for a document");
        } catch (DamagedException expected) {
            // refusing is the only right answer
        }
        try {
            DocumentHeader.read(new ByteArrayInputStream(noise));
            throw new AssertionError("noise was taken for a header");
        } catch (DamagedException expected) {
            // refusing is the only right answer
        }
    }
}
