package io.kairos.admin.shell.identity;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.Services;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.Endpoints;
import io.kairos.api.link.LocalDestination;
import io.kairos.lib.bytes.Hashes;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the options of {@code rnid} ask for, one after the other. */
final class RnidWork {

    private final RnidCommand asked;
    private final Services services;
    private final WorkingIdentity.Finder finder;
    private final PrintStream out;

    RnidWork(RnidCommand asked, Services services, WorkingIdentity.Finder finder, PrintStream out) {
        this.asked = asked;
        this.services = services;
        this.finder = finder;
        this.out = out;
    }

    /** Whether something is to be done besides showing an identity. */
    boolean hasAction() {
        return asked.print
                || asked.exportPublic
                || asked.exportPrivate
                || Stream.of(
                                asked.announce,
                                asked.aspects,
                                asked.encrypt,
                                asked.decrypt,
                                asked.sign,
                                asked.message,
                                asked.read,
                                asked.target)
                        .anyMatch(option -> option != null);
    }

    void verify(Optional<String> expected) {
        Optional<Signatory> who = expected.map(finder::signatory);
        if (MessageWork.isMessage(asked.verify)) {
            messages().verify(asked.verify, who, asked.showMeta);
        } else {
            files().verify(asked.verify, who);
        }
    }

    void run(WorkingIdentity identity) {
        if (asked.print || !hasAction()) {
            show(identity);
        }
        export(identity);
        if (asked.aspects != null) {
            out.println(Hashes.destination(
                            Arguments.fullName(asked.aspects), identity.keys().hash())
                    .toHex());
        }
        if (asked.announce != null) {
            announce(identity.privately());
        }
        boolean written = workOnFiles(identity);
        if (asked.target != null && !written) {
            out.println("Written: "
                    + identity.write(services, finder.path(asked.target), asked.exportPrivate, asked.force));
        }
    }

    private void show(WorkingIdentity identity) {
        List<LocalDestination> open =
                services.find(Endpoints.class).map(Endpoints::destinations).orElse(List.of());
        if (identity.own().isPresent()) {
            out.print(new IdentityReport(open).show(identity.own().get()));
        } else {
            out.println("Identity     " + identity.keys().hash().toHex());
            out.println("Public keys  " + form().encode(identity.keys().toBytes()));
        }
        if (asked.printPrivate) {
            showPrivate(identity, "Private keys ");
        }
    }

    private void export(WorkingIdentity identity) {
        if (asked.exportPublic) {
            out.println(
                    "Public Identity Keys  : " + form().encode(identity.keys().toBytes()));
        }
        if (asked.exportPrivate && asked.target == null) {
            showPrivate(identity, "Private Identity Keys :");
        }
    }

    private void showPrivate(WorkingIdentity identity, String label) {
        byte[] keys = identity.privateKeys(services);
        try {
            out.println(label + " " + form().encode(keys));
        } finally {
            Arrays.fill(keys, (byte) 0);
        }
    }

    private KeyEncoding form() {
        return asked.form().orElse(KeyEncoding.HEX);
    }

    /** Announces what is open already, or opens it for as long as that takes. */
    private void announce(LocalIdentity identity) {
        String fullName = Arguments.fullName(asked.announce);
        Endpoints endpoints = services.require(Endpoints.class);
        Optional<LocalDestination> present = endpoints.destinations().stream()
                .filter(open -> open.address().equals(Hashes.destination(fullName, identity.hash())))
                .findFirst();
        if (present.isPresent()) {
            present.get().announce(Optional.empty());
        } else {
            try (LocalDestination opened = endpoints.open(DestinationSettings.single(fullName, identity))) {
                opened.announce(Optional.empty());
            }
        }
        out.println("Announced %s (%s)."
                .formatted(
                        fullName, Hashes.destination(fullName, identity.hash()).toHex()));
    }

    /** Tells whether {@code -w} was for one of these. */
    private boolean workOnFiles(WorkingIdentity identity) {
        if (asked.sign != null) {
            sign(identity.privately());
        }
        boolean text = asked.message != null || asked.read != null;
        if (text) {
            signMessage(identity.privately());
        }
        if (asked.encrypt != null) {
            files().encrypt(asked.encrypt, identity.keys(), asked.target, asked.force);
        }
        if (asked.decrypt != null) {
            files().decrypt(asked.decrypt, identity.privately(), asked.target, asked.force);
        }
        return text || asked.sign != null || asked.encrypt != null || asked.decrypt != null;
    }

    private void sign(LocalIdentity signer) {
        if (asked.raw) {
            files().signRaw(asked.sign, signer, asked.target, asked.force);
        } else if (asked.form().isPresent()) {
            files().signAsText(asked.sign, signer, asked.form().get());
        } else {
            files().sign(asked.sign, signer, asked.target, asked.force);
        }
    }

    private void signMessage(LocalIdentity signer) {
        if (asked.message != null && asked.read != null) {
            throw Arguments.wrong("There are two texts.", "Give one: with -S, or in a file with -r.");
        }
        String text = asked.message != null ? asked.message : messages().text(asked.read);
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        Map<String, Object> told = asked.meta == null ? Map.of() : messages().told(asked.meta);
        if (asked.form().isPresent()) {
            messages().signAsText(message, told, signer, asked.form().get());
        } else if (asked.target != null) {
            messages().sign(message, told, signer, asked.target, asked.force);
        } else {
            throw Arguments.wrong(
                    "Where shall the signed text go?", "Say -w <file>, or -B, -b or -F to have it shown as text.");
        }
    }

    private IdentityWork files() {
        return new IdentityWork(services, finder.folder(), out);
    }

    private MessageWork messages() {
        return new MessageWork(services, finder.folder(), out);
    }
}
