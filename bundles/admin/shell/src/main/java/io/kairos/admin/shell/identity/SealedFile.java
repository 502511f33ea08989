package io.kairos.admin.shell.identity;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** Files encrypted to an identity as rnid writes them ({@code .rfe}): pieces of 16 MiB, each encrypted by itself. */
final class SealedFile {

    private static final int PIECE = 16 << 20;
    private static final int OVERHEAD = 96;

    private SealedFile() {}

    static void encrypt(CryptoSuite suite, PublicIdentity to, InputStream in, OutputStream out) throws IOException {
        byte[] piece = in.readNBytes(PIECE);
        do {
            out.write(suite.encrypt(to.encryptionKey(), to.hash().toBytes(), piece));
            piece = in.readNBytes(PIECE);
        } while (piece.length > 0);
    }

    /** @throws MalformedException where it was not encrypted to this identity, or was changed */
    static void decrypt(LocalIdentity identity, InputStream in, OutputStream out) throws IOException {
        byte[] piece = in.readNBytes(PIECE + OVERHEAD);
        do {
            out.write(identity.decrypt(piece, List.of(), false)
                    .orElseThrow(
                            () -> new MalformedException("it was not encrypted to this identity, or it was changed")));
            piece = in.readNBytes(PIECE + OVERHEAD);
        } while (piece.length > 0);
    }
}
