package io.kairos.admin.shell.identity;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.Services;
import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.identity.IdentityStore;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.routing.PacketRouter;
import io.kairos.lib.bytes.Hashes;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The identity a command of rnid works with.
 *
 * @param keys its public half
 * @param own its private half, where it is here
 */
record WorkingIdentity(PublicIdentity keys, Optional<LocalIdentity> own) {

    /** What programs announce an identity by that has no other destination. */
    static final String USUAL_NAME = "rns.id";

    /** How identities are found. */
    static final class Finder {

        private final Services services;
        private final Path folder;

        /** @param folder where relative paths start */
        Finder(Services services, Path folder) {
            this.services = services;
            this.folder = folder;
        }

        Path folder() {
            return folder;
        }

        /** A path of the operator's. */
        Path path(String text) {
            return folder.resolve(text).toAbsolutePath().normalize();
        }

        /** Asks the mesh for whoever has this hash, of an identity or of a destination. */
        void request(String hash, Duration patience) {
            PacketRouter router = services.require(PacketRouter.class);
            IdentityHash identity = Arguments.identity(hash);
            router.requestPath(DestinationHash.of(identity.toBytes()), patience);
            router.requestPath(Hashes.destination(USUAL_NAME, identity), patience);
        }

        /** By name, by its hash or that of a known destination, or by the file of its private keys. */
        WorkingIdentity find(String text) {
            return find(text, true);
        }

        /** @param heard whether what was heard on the mesh counts */
        WorkingIdentity find(String text, boolean heard) {
            IdentityStore store = services.require(IdentityStore.class);
            Optional<LocalIdentity> own = store.find(text)
                    .or(() -> Arguments.looksLikeHash(text) ? store.find(Arguments.identity(text)) : Optional.empty());
            if (own.isPresent()) {
                return of(own.get());
            }
            Optional<Path> file = file(text);
            if (file.isPresent()) {
                return given(KeyFile.read(file.get()));
            }
            if (!heard) {
                throw Arguments.wrong(
                        "'%s' is neither an identity of this node nor a file.".formatted(text),
                        "Without -N what was heard on the mesh counts, too.");
            }
            return new WorkingIdentity(known(text), Optional.empty());
        }

        /** Whether it would be found without asking the mesh. */
        boolean isKnown(String text) {
            IdentityStore store = services.require(IdentityStore.class);
            return store.find(text).isPresent()
                    || !Arguments.looksLikeHash(text)
                    || store.find(Arguments.identity(text)).isPresent()
                    || recall(Arguments.identity(text)).isPresent();
        }

        /** Who is expected to have signed; of somebody unknown the hash is enough. */
        Signatory signatory(String text) {
            if (!isKnown(text)) {
                return new Signatory(Arguments.identity(text), Optional.empty());
            }
            PublicIdentity keys = find(text).keys();
            return new Signatory(keys.hash(), Optional.of(keys));
        }

        private PublicIdentity known(String text) {
            if (!Arguments.looksLikeHash(text)) {
                Identities.find(services.require(IdentityStore.class), text); // tells which there are
            }
            return recall(Arguments.identity(text))
                    .orElseThrow(() -> Arguments.wrong(
                            "Nothing has been heard of %s yet.".formatted(text),
                            "Its public key comes with an announce: rnid -R -i <hash> asks for one."));
        }

        private Optional<PublicIdentity> recall(IdentityHash hash) {
            KnownDestinations known = services.require(KnownDestinations.class);
            return known.recall(hash)
                    .or(() -> known.recall(DestinationHash.of(hash.toBytes())))
                    .map(KnownDestination::identity);
        }

        /** From public keys: a file, or text in any form. */
        WorkingIdentity imported(String source) {
            byte[] keys = bytes(source);
            return new WorkingIdentity(PublicIdentity.of(keys, Hashes.identity(keys)), Optional.empty());
        }

        /** From private keys: a file, or text in any form. They are used for this command only. */
        WorkingIdentity importedPrivate(String source) {
            return given(bytes(source));
        }

        private WorkingIdentity given(byte[] privateKeys) {
            try {
                return of(new GivenIdentity(suite(), privateKeys));
            } finally {
                Arrays.fill(privateKeys, (byte) 0);
            }
        }

        private byte[] bytes(String source) {
            Optional<byte[]> text = KeyText.bytes(source);
            return text.orElseGet(() -> file(source)
                    .map(KeyFile::read)
                    .orElseThrow(() -> Arguments.wrong(
                            "This is neither a file nor the text of an identity.",
                            "Give the path of a file with 64 bytes, or its keys in hex, Base32 or Base64.")));
        }

        private Optional<Path> file(String text) {
            try {
                return Optional.of(folder.resolve(text)).filter(Files::isRegularFile);
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
        }

        private CryptoSuite suite() {
            return suiteOf(services);
        }
    }

    private static WorkingIdentity of(LocalIdentity own) {
        return new WorkingIdentity(own.publicIdentity(), Optional.of(own));
    }

    /** The compatible suite. */
    static CryptoSuite suiteOf(Services services) {
        return services.all(CryptoSuite.class).stream()
                .filter(suite -> suite.name().equals(CryptoSuite.RETICULUM))
                .findFirst()
                .orElseGet(() -> services.require(CryptoSuite.class));
    }

    /** Its private half, which signing and decrypting need. */
    LocalIdentity privately() {
        return own.orElseThrow(() -> Arguments.wrong(
                "The private keys of %s are not here.".formatted(keys.hash().toHex()),
                "Choose an identity of this node, or give its file with -i."));
    }

    /** Its private keys; the caller wipes them. */
    byte[] privateKeys(Services services) {
        return privately() instanceof GivenIdentity given
                ? given.privateKeys()
                : services.require(IdentityStore.class).exportKeys(privately().name());
    }

    /** Writes its keys to a new file: the private ones where that is wanted, otherwise the public ones, named {@code .pub}. */
    Path write(Services services, Path target, boolean withPrivate, boolean force) {
        boolean named = withPrivate || target.toString().endsWith(".pub");
        Path file = named ? target : Path.of(target + ".pub");
        byte[] bytes = withPrivate ? privateKeys(services) : keys.toBytes();
        try {
            KeyFile.write(file, bytes, force);
            return file;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
