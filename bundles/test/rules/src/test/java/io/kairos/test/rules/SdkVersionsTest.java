package io.kairos.test.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The SDK stands alone and repeats a few versions; they are those of this build. */
class SdkVersionsTest {

    private static final Path ROOT = Path.of("../../..").toAbsolutePath().normalize();

    @Test
    void theSdkHasTheVersionsOfThisBuild() throws IOException {
        String versions = read("cnf/versions.pom");
        String bom = read("plugins-sdk/bom/pom.xml");
        String parent = read("plugins-sdk/parent/pom.xml");

        assertEquals(property(versions, "junit.version"), property(bom, "junit.version"));
        assertEquals(property(versions, "bnd.version"), property(parent, "bnd.version"));
        assertEquals(property(versions, "surefire.version"), property(parent, "surefire.version"));
        for (String artifact : new String[] {
            "osgi.annotation",
            "org.osgi.service.component.annotations",
            "org.osgi.service.metatype.annotations",
            "slf4j-api"
        }) {
            assertEquals(managed(versions, artifact), managed(bom, artifact), artifact);
        }
        for (String plugin : new String[] {"compiler", "resources", "jar", "clean", "install", "deploy"}) {
            assertEquals(
                    managed(versions, "maven-" + plugin + "-plugin"), managed(parent, "maven-" + plugin + "-plugin"));
        }
    }

    @Test
    void theSdkIsOfThisVersion() throws IOException {
        String version = find(read("cnf/versions.pom"), "<version>([^<]*)</version>");

        assertEquals(version, find(read("plugins-sdk/bom/pom.xml"), "<version>([^<]*)</version>"));
        assertEquals(version, find(read("plugins-sdk/parent/pom.xml"), "<version>([^<]*)</version>"));
        assertEquals(version, property(read("plugins-sdk/parent/pom.xml"), "kairos.version"));
        for (String example :
                new String[] {"hello-transport", "hello-suite", "hello-strategy", "satellite", "no-java"}) {
            assertEquals(
                    version, find(read("plugins-sdk/examples/" + example + "/pom.xml"), "<version>([^<]*)</version>"));
        }
    }

    private static String managed(String pom, String artifact) {
        String version =
                find(pom, "<artifactId>" + Pattern.quote(artifact) + "</artifactId><version>([^<]*)</version>");
        return version.startsWith("${") ? property(pom, version.substring(2, version.length() - 1)) : version;
    }

    private static String property(String pom, String name) {
        return find(pom, "<" + Pattern.quote(name) + ">([^<]*)</" + Pattern.quote(name) + ">");
    }

    private static String find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("not found: " + pattern);
        }
        return matcher.group(1);
    }

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }
}
