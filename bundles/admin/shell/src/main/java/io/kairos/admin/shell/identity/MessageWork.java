package io.kairos.admin.shell.identity;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.Services;
import io.kairos.admin.shell.Units;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.lib.configobj.ConfigReader;
import io.kairos.lib.configobj.ConfigSection;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What {@code rnid} does with signed texts ({@code .rsm}). */
final class MessageWork {

    private static final int LARGEST = 1 << 20;
    private static final String ENDING = ".rsm";

    private final Services services;
    private final Path folder;
    private final PrintStream out;

    /** @param folder where relative paths start */
    MessageWork(Services services, Path folder, PrintStream out) {
        this.services = services;
        this.folder = folder;
        this.out = out;
    }

    /** Reads a text that is to be signed. */
    String text(String file) {
        return new String(read(file), StandardCharsets.UTF_8);
    }

    /** What a configuration file tells about a text. */
    Map<String, Object> told(String file) {
        return values(ConfigReader.read(text(file), file));
    }

    private static Map<String, Object> values(ConfigSection section) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String key : section.keys()) {
            values.put(
                    key,
                    section.isList(key) ? section.list(key) : section.text(key).orElse(""));
        }
        section.sections().forEach(sub -> values.put(sub.name(), values(sub)));
        return values;
    }

    void sign(byte[] message, Map<String, Object> told, LocalIdentity signer, String target, boolean force) {
        byte[] signed = SignatureFile.signMessage(signer, message, told);
        Path file = folder.resolve(target.endsWith(ENDING) ? target : target + ENDING);
        IdentityWork.write(file, force, stream -> stream.write(signed));
        out.println("Message signed by " + signer.hash().toHex() + ": " + file);
    }

    void signAsText(byte[] message, Map<String, Object> told, LocalIdentity signer, KeyEncoding form) {
        out.print(Armour.wrap(form.encode(SignatureFile.signMessage(signer, message, told))));
    }

    static boolean isMessage(String file) {
        return file.endsWith(ENDING);
    }

    /** Checks a signed text and shows it. */
    void verify(String file, Optional<Signatory> expected, boolean withMeta) {
        try {
            SignatureFile.Message message = SignatureFile.message(
                    read(file), WorkingIdentity.suiteOf(services).signer());
            IdentityWork.expect(message.signer(), expected);
            if (withMeta) {
                out.println(Json.write(shown(message.meta())));
            }
            out.println("True: this message was signed by " + message.signer().toHex() + ":");
            out.println();
            message.text().lines().forEach(line -> out.println(Units.printable(line)));
        } catch (MalformedException e) {
            throw Arguments.wrong("Not true: " + e.getMessage() + ".", "Get the message once more.");
        }
    }

    private static Object shown(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((key, each) -> plain.put(String.valueOf(key), shown(each)));
            return plain;
        }
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value;
    }

    private byte[] read(String file) {
        Path path = folder.resolve(file);
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw Arguments.wrong("%s is longer than 1 MiB.".formatted(path), "Sign it as a file: rnid -s <file>.");
            }
            return bytes;
        } catch (IOException e) {
            throw IdentityWork.unreadable(path, e);
        }
    }
}
