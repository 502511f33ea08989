package io.kairos.api.link;

import java.util.Map;

/**
 * A file as the answer to a request, with metadata beside it. A bare {@link ResourceData} is answered with empty metadata.
 *
 * @param file what is sent; must not change while it is
 * @param metadata a MessagePack value; by custom a map with the {@code name} of the file
 */
public record FileResponse(ResourceData file, Object metadata) {

    /** A file under the name that it should get at the other end. */
    public static FileResponse named(String name, ResourceData file) {
        return new FileResponse(file, Map.of("name", name));
    }
}
